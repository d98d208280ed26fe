/// Prints its arguments, its own name first: for each the length, a colon, the bytes and a line end.
#include "os.hpp"

int main(int, char **argv) {
    for (char **argument = os::arguments(argv); *argument; ++argument) {
        std::printf("%zu:%s\n", std::strlen(*argument), *argument);
    }
}
