#pragma once

#include "platform/pipe.hpp"

#include <backchat/result.hpp>

namespace backchat::platform {

/// Gives the processes, ourselves apart, that can write to the other end of this pipe.
///
/// Never throws for what cannot be looked into: Holders::complete is false then.
Holders holders_of(const ReadEnd &end);

} // namespace backchat::platform
