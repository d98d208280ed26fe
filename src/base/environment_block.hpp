#pragma once

#include <backchat/options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Gives "NAME=value" strings: `inherited`, when the environment inherits, with the changes applied in their order.
///
/// Each name occurs once. Of a name that `inherited` has twice, the first counts, which is what getenv reads; of one
/// set twice, the last.
std::vector<std::string> environment_block(const Environment &environment, const std::vector<std::string> &inherited);

/// Tells what is wrong with the changes: a name that is empty or has '=' in it, a NUL. Empty: nothing is.
std::optional<std::string> environment_fault(const Environment &environment);

/// Gives the value of `name` in a block; empty when it is not there.
std::optional<std::string_view> find_variable(const std::vector<std::string> &block, std::string_view name);

} // namespace backchat::base
