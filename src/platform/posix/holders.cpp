#include "platform/holders.hpp"

namespace backchat::platform {

/// No Unix lets one look into other processes by calls that every Unix has.
Holders holders_of(std::span<const ReadEnd *const> ends, Clock::time_point) { return {{}, ends.empty()}; }

} // namespace backchat::platform
