#include "support/time.hpp"

#include <cstdlib>
#include <thread>

namespace support {
namespace {

constexpr double sanitizer_factor() {
#if defined(__SANITIZE_THREAD__)
    return 4;
#elif defined(__SANITIZE_ADDRESS__)
    return 2;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
    return 4;
#elif __has_feature(address_sanitizer)
    return 2;
#else
    return 1;
#endif
#else
    return 1;
#endif
}

double read_scale() {
    const char *named = std::getenv("BACKCHAT_TEST_TIME_SCALE");
    const double factor = named ? std::strtod(named, nullptr) : 1;
    return (factor > 0 ? factor : 1) * sanitizer_factor();
}

} // namespace

bool under_sanitizer() { return sanitizer_factor() > 1; }

double time_scale() {
    static const double scale = read_scale();
    return scale;
}

void rest_between_looks() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

} // namespace support
