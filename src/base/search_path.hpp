#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Gives the paths to try, in order, for a program named `name` when PATH is `path` (POSIX form, ':' between entries).
///
/// A name with '/' in it is taken as it is. Empty and relative entries of `path` stand for places below the current
/// directory and are passed over. No path is given when nothing is left to try.
std::vector<std::string> search_path(std::string_view name, std::string_view path);

/// What is searched when the environment has no PATH.
inline constexpr std::string_view default_path = "/usr/bin:/bin";

} // namespace backchat::base
