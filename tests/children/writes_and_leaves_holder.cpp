/// writes_and_leaves_holder BYTES: starts a silent process that keeps the pipes until the lifeline ends, then writes the
/// pattern to stdout and exits.
#include "os.hpp"
#include "pattern.hpp"

int main(int argc, char **argv) {
    if (argc == 1) {
        os::stay();
        return 0;
    }
    char *const arguments[] = {argv[0], nullptr};
    os::start(argv[0], arguments, os::Place::own_session);
    static char buffer[65536];
    const unsigned long long total = std::strtoull(argv[1], nullptr, 10);
    for (unsigned long long at = 0; at < total;) {
        const auto size = static_cast<std::size_t>(total - at < sizeof buffer ? total - at : sizeof buffer);
        pattern::fill(buffer, size, at);
        if (!os::write_all(os::out, buffer, size)) return 1;
        at += size;
    }
}
