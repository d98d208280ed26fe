#pragma once

#include "platform/pipe.hpp"

#include <backchat/deadline.hpp>
#include <backchat/result.hpp>

#include <span>

namespace backchat::platform {

/// Gives the processes, ourselves apart, that can write to the other ends of these pipes.
///
/// It looks at every process of the system, the youngest first, and no longer than `until`.
/// Never throws for what cannot be looked into, or not in time: Holders::complete is false then.
Holders holders_of(std::span<const ReadEnd *const> ends, Clock::time_point until);

} // namespace backchat::platform
