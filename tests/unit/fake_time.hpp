#pragma once

#include <backchat/deadline.hpp>

#include <chrono>

namespace unit {

using namespace std::chrono_literals;

/// The moment at which a test's clock starts: any but zero, which uninitialised time points have.
inline constexpr backchat::Clock::time_point start{1h};

/// Gives the moment that long after the start.
constexpr backchat::Clock::time_point at(std::chrono::nanoseconds since_start) { return start + since_start; }

inline constexpr backchat::Clock::time_point never = backchat::Clock::time_point::max();

} // namespace unit
