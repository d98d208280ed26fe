#pragma once

#include "outcome.hpp"

#include <backchat/error.hpp>

#include <string>
#include <vector>

namespace backchat::cli {

/// What --json writes: one object on one line. A field that does not apply is null, never missing. Bytes that are no
/// UTF-8 become U+FFFD.
std::string report(const std::vector<std::string> &argv, Pid pid, const Outcome &outcome);

/// The same for a child that could not be spawned: `error` says why, and `message` is for people.
std::string report(const std::vector<std::string> &argv, const SpawnError &error, const std::string &message);

} // namespace backchat::cli
