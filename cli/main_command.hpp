#pragma once

#include "command_line.hpp"

namespace backchat::cli {

/// Does `backchat ARGUMENT…`; gives the exit code. Every failure has been told on stderr.
int main_command(const Arguments &arguments) noexcept;

} // namespace backchat::cli
