/// reads_some_and_exits BYTES [CODE]: reads that many bytes from stdin and exits, whatever else is in there.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    static char buffer[65536];
    for (long left = std::atol(argv[1]); left > 0;) {
        const auto size =
            static_cast<std::size_t>(left) < sizeof buffer ? static_cast<std::size_t>(left) : sizeof buffer;
        const long got = os::read_some(os::in, buffer, size);
        if (got <= 0) break;
        left -= got;
    }
    return argc > 2 ? std::atoi(argv[2]) : 0;
}
