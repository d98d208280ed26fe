#pragma once

#include <backchat/options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Gives what two names have in common when they name the same variable.
using NameKey = std::string (*)(std::string_view name);

/// The name itself: where case counts.
std::string same_name(std::string_view name);

/// Gives the name of an entry. A leading '=' belongs to it: Windows keeps its per-drive directories as "=C:=C:\dir".
std::string_view name_of_variable(std::string_view entry);

/// Gives "NAME=value" strings: `inherited`, when the environment inherits, with the changes applied in their order.
///
/// Each name occurs once. Of a name that `inherited` has twice, the first counts, which is what getenv reads; of one
/// set twice, the last.
std::vector<std::string> environment_block(const Environment &environment, const std::vector<std::string> &inherited,
                                           NameKey key = same_name);

/// Tells what is wrong with the changes: a name that is empty or has '=' in it, a NUL. Empty: nothing is.
std::optional<std::string> environment_fault(const Environment &environment);

/// Gives the value of `name` in a block; empty when it is not there.
std::optional<std::string_view> find_variable(const std::vector<std::string> &block, std::string_view name,
                                              NameKey key = same_name);

} // namespace backchat::base
