#pragma once

#include <chrono>

namespace support {

using namespace std::chrono_literals;

using Clock = std::chrono::steady_clock;

/// Gives the factor by which this machine and build are slower than a quiet one: BACKCHAT_TEST_TIME_SCALE, times more
/// under a sanitizer.
double time_scale();

/// Whether this program was built with a sanitizer.
bool under_sanitizer();

/// Gives `time` as an upper bound on this machine.
template <class Rep, class Period>
std::chrono::nanoseconds scaled(std::chrono::duration<Rep, Period> time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double, Period>(time) *
                                                                time_scale());
}

/// Says how long something took.
class Stopwatch {
public:
    std::chrono::nanoseconds elapsed() const { return Clock::now() - start_; }

private:
    Clock::time_point start_ = Clock::now();
};

/// Gives the processor time that all threads of this process have used.
std::chrono::nanoseconds processor_time();

/// Passes a moment between two looks at something.
void rest_between_looks();

/// Asks `condition` again and again until it holds or `bound`, scaled, is over; for things that no call can wait for,
/// such as the death of a process that is not our child.
template <class Condition>
bool eventually(Condition condition, std::chrono::nanoseconds bound = 5s) {
    const auto end = Clock::now() + scaled(bound);
    while (!condition()) {
        if (Clock::now() >= end) return condition();
        rest_between_looks();
    }
    return true;
}

} // namespace support
