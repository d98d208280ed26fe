/// Reads to end of file and prints how many bytes that were, and their FNV-1a sum in hexadecimal.
#include "os.hpp"
#include "pattern.hpp"

int main() {
    static char buffer[65536];
    unsigned long long count = 0;
    pattern::Checksum sum;
    for (long got; (got = os::read_some(os::in, buffer, sizeof buffer)) > 0;) {
        sum.add(buffer, static_cast<std::size_t>(got));
        count += static_cast<unsigned long long>(got);
    }
    std::printf("%llu %llx", count, static_cast<unsigned long long>(sum.sum()));
}
