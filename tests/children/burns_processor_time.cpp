/// burns_processor_time MILLISECONDS MEBIBYTES: touches that much memory, and computes for that long.
#include "os.hpp"

#include <vector>

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    std::vector<char> memory(static_cast<std::size_t>(std::atol(argv[2])) << 20);
    volatile char *bytes = memory.data();
    for (std::size_t i = 0; i < memory.size(); i += 4096) bytes[i] = 1;
    const long wanted = std::atol(argv[1]);
    while (os::processor_milliseconds() < wanted) {
    }
}
