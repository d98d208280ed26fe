/// flood out|err|both BYTES|forever: writes the pattern as fast as it can. With "both", each stream gets BYTES, piece by
/// piece in turn.
#include "os.hpp"
#include "pattern.hpp"

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    const bool to_err = std::strcmp(argv[1], "out") != 0;
    const bool to_out = std::strcmp(argv[1], "err") != 0;
    const bool forever = std::strcmp(argv[2], "forever") == 0;
    const unsigned long long total = forever ? ~0ull : std::strtoull(argv[2], nullptr, 10);

    static char buffer[65536];
    for (unsigned long long at = 0; at < total;) {
        const unsigned long long left = total - at;
        const std::size_t size = left < sizeof buffer ? static_cast<std::size_t>(left) : sizeof buffer;
        pattern::fill(buffer, size, at);
        if (to_out && !os::write_all(os::out, buffer, size)) return 1;
        if (to_err && !os::write_all(os::err, buffer, size)) return 1;
        at += size;
    }
}
