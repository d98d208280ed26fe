#pragma once

#include "platform/unix/child_plan.hpp"

#include <csignal>

namespace backchat::platform {

struct SignalMask {
    sigset_t blocked;
};

} // namespace backchat::platform
