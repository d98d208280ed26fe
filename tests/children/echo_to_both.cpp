/// Writes to stdout and to stderr what it reads from stdin, until end of file.
#include "os.hpp"

int main() {
    static char buffer[65536];
    for (long got; (got = os::read_some(os::in, buffer, sizeof buffer)) > 0;) {
        const auto size = static_cast<std::size_t>(got);
        if (!os::write_all(os::out, buffer, size) || !os::write_all(os::err, buffer, size)) return 1;
    }
}
