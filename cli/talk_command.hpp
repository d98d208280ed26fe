#pragma once

#include "command_line.hpp"

namespace backchat::cli {

/// Does `backchat talk ARGUMENT…`; gives the exit code. Throws UsageError.
int talk_command(const Arguments &arguments);

} // namespace backchat::cli
