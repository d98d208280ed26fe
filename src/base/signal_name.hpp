#pragma once

#include <string>

namespace backchat::base {

/// Gives "SIGTERM" for 15 and so on for the signals that every system numbers from <csignal>, and "signal 62" for the
/// others.
std::string signal_name(int number);

} // namespace backchat::base
