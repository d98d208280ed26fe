#pragma once

#include <backchat/options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Gives the child's variables as "NAME=value", in the order in which Windows keeps them.
///
/// As environment_block(), but names are compared without case; a variable that is changed has its name as the change
/// spells it. `inherited` is what GetEnvironmentStringsW gives, in UTF-8, the current directory of each drive
/// ("=C:=C:\dir") included. SYSTEMROOT, without which a program finds half of its libraries and no random numbers, is
/// taken from `inherited` even where the environment does not inherit, unless it is unset by name.
std::vector<std::string> windows_environment(const Environment &environment, const std::vector<std::string> &inherited);

/// Gives the value of `name`, compared without case; empty when it is not there.
std::optional<std::string_view> find_windows_variable(const std::vector<std::string> &variables, std::string_view name);

struct EnvironmentBlock {
    std::u16string text;              // for CreateProcess: each variable with a NUL behind it, and one more NUL
    std::optional<std::string> fault; // what is no UTF-8, and where; then there is no text
};

/// Gives what windows_environment() has given as one text. Requires: no variable has a NUL in it.
EnvironmentBlock windows_environment_block(const std::vector<std::string> &variables);

} // namespace backchat::base
