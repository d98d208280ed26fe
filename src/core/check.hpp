#pragma once

#include <backchat/options.hpp>

#include <string>
#include <vector>

namespace backchat::core {

/// Refuses what no platform can do: an empty argv, a NUL in an argument, options that contradict each other. Gives the
/// name of the program to run.
///
/// On error: throws SpawnError with Stage::arguments, Stage::environment or Stage::options and
///           std::errc::invalid_argument, and says what is wrong.
std::string check(const std::vector<std::string> &argv, const Options &options);

} // namespace backchat::core
