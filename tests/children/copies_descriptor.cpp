/// copies_descriptor FROM TO: writes what can be read from one descriptor to another, until end of file.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    char buffer[4096];
    for (long got; (got = os::read_some(std::atoi(argv[1]), buffer, sizeof buffer)) > 0;) {
        if (!os::write_all(std::atoi(argv[2]), buffer, static_cast<std::size_t>(got))) return 1;
    }
}
