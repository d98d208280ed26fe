/// Prints its environment, a NUL after each entry.
#include "os.hpp"

int main() {
    for (char **entry = os::environment(); *entry; ++entry) {
        std::fputs(*entry, stdout);
        std::fputc('\0', stdout);
    }
}
