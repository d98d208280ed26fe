#pragma once

#include <backchat/options.hpp>
#include <backchat/result.hpp>

namespace backchat::cli {

/// Gives our own stdin, stdout or stderr. It is never closed.
NativeHandle standard_handle(Stream stream);

/// Says whether that is a terminal, on Windows a console.
bool is_terminal(Stream stream);

/// Says whether our stdout and stderr are one file: `2>&1`, or one terminal.
bool outputs_are_one_file();

} // namespace backchat::cli
