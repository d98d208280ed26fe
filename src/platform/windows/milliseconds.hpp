#pragma once

#include <backchat/deadline.hpp>

#include <algorithm>

#include <windows.h>

namespace backchat::platform {

/// The time until `deadline` as Windows takes it: rounded up, so that a wait never ends before. What is longer than the
/// 49 days that fit gives that much: whoever waits looks at the clock again.
inline DWORD milliseconds_until(Clock::time_point deadline) {
    if (deadline == Clock::time_point::max()) return INFINITE;
    const auto now = Clock::now();
    if (deadline <= now) return 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
    constexpr long long most = INFINITE - 1;
    return static_cast<DWORD>(std::min<long long>(left, most));
}

} // namespace backchat::platform
