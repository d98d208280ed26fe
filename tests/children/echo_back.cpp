/// Writes to stdout what it reads from stdin, until end of file.
#include "os.hpp"

int main() {
    static char buffer[65536];
    for (long got; (got = os::read_some(os::in, buffer, sizeof buffer)) > 0;) {
        if (!os::write_all(os::out, buffer, static_cast<std::size_t>(got))) return 1;
    }
}
