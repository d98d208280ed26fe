#include "support/time.hpp"

#include <ctime>

namespace support {

std::chrono::nanoseconds processor_time() {
    timespec used = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

} // namespace support
