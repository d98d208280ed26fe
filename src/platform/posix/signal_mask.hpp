#pragma once

#include "platform/unix/child_plan.hpp"

#include <signal.h>

namespace backchat::platform {

struct SignalMask {
    sigset_t blocked;
};

} // namespace backchat::platform
