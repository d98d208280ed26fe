#pragma once

#include "command_line.hpp"

namespace backchat::cli {

/// Does `backchat run ARGUMENT…`; gives the exit code. Throws UsageError.
int run_command(const Arguments &arguments);

} // namespace backchat::cli
