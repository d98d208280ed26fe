#pragma once

#include <backchat/options.hpp>

#include <optional>
#include <string>

namespace backchat::platform {

/// Gives the name of the first thing that is asked for and that Windows does not have; nothing if there is none.
std::optional<std::string> unsupported(const Options &options);

} // namespace backchat::platform
