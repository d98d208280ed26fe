/// floods_stdout_and_copies_stdin BYTES: a second process writes BYTES of the pattern to stdout, as fast as it can, while
/// the first copies stdin to stderr as it comes.
#include "os.hpp"
#include "pattern.hpp"

namespace {

int flood(unsigned long long total) {
    static char buffer[65536];
    os::end_in_five_minutes();
    for (unsigned long long at = 0; at < total;) {
        const unsigned long long left = total - at;
        const std::size_t size = left < sizeof buffer ? static_cast<std::size_t>(left) : sizeof buffer;
        pattern::fill(buffer, size, at);
        if (!os::write_all(os::out, buffer, size)) return 1;
        at += size;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    if (argc > 2) return flood(std::strtoull(argv[2], nullptr, 10));
    if (argc < 2) return 2;
    char role[] = "flood";
    char *const arguments[] = {argv[0], role, argv[1], nullptr};
    os::start(argv[0], arguments, os::Place::same_group);
    static char buffer[65536];
    for (long got; (got = os::read_some(os::in, buffer, sizeof buffer)) > 0;)
        if (!os::write_all(os::err, buffer, static_cast<std::size_t>(got))) return 1;
}
