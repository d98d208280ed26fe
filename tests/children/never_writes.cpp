/// never_writes [CODE]: reads until end of file, writes nothing, exits.
#include "os.hpp"

int main(int argc, char **argv) {
    static char buffer[65536];
    while (os::read_some(os::in, buffer, sizeof buffer) > 0) {
    }
    return argc > 1 ? std::atoi(argv[1]) : 0;
}
