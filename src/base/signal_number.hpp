#pragma once

namespace backchat::base {

/// The signals by which a child is stopped. Their numbers are the same on every system; on those without signals the
/// platform layer gives them their meaning.
inline constexpr int signal_interrupt = 2;
inline constexpr int signal_kill = 9;
inline constexpr int signal_terminate = 15;

} // namespace backchat::base
