#pragma once

#include "platform/unix/child_plan.hpp"

#include <cstdint>

namespace backchat::platform {

/// The kernel's own form of a signal set.
using KernelSignalSet = std::uint64_t;
inline constexpr int last_signal = 64;

struct SignalMask {
    KernelSignalSet blocked = 0;
};

} // namespace backchat::platform
