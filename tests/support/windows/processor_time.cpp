#include "support/time.hpp"
#include "support/windows/system.hpp"

namespace support {

std::chrono::nanoseconds processor_time() {
    FILETIME made, ended, in_kernel, in_program;
    if (!::GetProcessTimes(::GetCurrentProcess(), &made, &ended, &in_kernel, &in_program)) {
        throw_last_error("GetProcessTimes");
    }
    const auto time = [](const FILETIME &units_of_100_ns) {
        const auto high = static_cast<std::int64_t>(units_of_100_ns.dwHighDateTime);
        return std::chrono::nanoseconds(100 * (high << 32 | units_of_100_ns.dwLowDateTime));
    };
    return time(in_kernel) + time(in_program);
}

} // namespace support
