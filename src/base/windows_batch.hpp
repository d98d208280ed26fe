#pragma once

#include "base/windows_command_line.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Batch files are run by cmd.exe, which reads its command line by rules of its own. CreateProcess starts it unasked
/// when the program's name is that of a batch file. Arguments that are quoted for a C program are commands there, if
/// somebody wants them to be; so it is never left to CreateProcess, and we start cmd.exe ourselves.

/// The longest command line that cmd.exe reads, in UTF-16 units with the NUL at its end.
inline constexpr std::size_t max_cmd_line = 8191;

/// Tells whether Windows might take `path` for that of a batch file: .bat or .cmd in any case, with dots and blanks
/// behind it, which Windows drops, with a stream's name behind or before it ("x.bat::$DATA"), and with components
/// behind it that lead back ("x.bat\.", "x.bat\y\..").
bool is_windows_batch_file(std::string_view path);

/// Gives the text by which `cmd_exe`, whose full path it is, runs the batch file `script`, with what follows argv[0] as
/// its arguments: cmd.exe /d /s /v:off /c "…", without a user's AutoRun commands and without delayed expansion.
///
/// cmd.exe gives the script each argument as one, with nothing in it expanded or run: in quotes, unless it is of ASCII
/// letters, digits and -_./\:+@#$ only, which scripts like to compare with words of their own. A program to which the
/// script hands %* or %1 on gets what was given; to the script itself, backslashes at the end of an argument in quotes
/// are twice as many. Refused, with Stage::arguments and the argument's number (0 for `script` and `cmd_exe`), is what
/// no form makes safe:
///
///   - a quote: it ends the quotes for cmd.exe; two in a row do not, but programs and scripts differ in what they are;
///   - a '%': a variable's value is put in its place, in quotes as well, and cmd.exe has no escape for it there;
///   - control characters except the tab: a line feed ends the command, a carriage return disappears, and what the
///     others do is documented nowhere;
///   - a script that is a batch file to Windows but not by what its name plainly says (a stream, "x.bat\."), whose name
///     cmd.exe does not know (\\?\…), or that names no directory: cmd.exe would search for it, in the current directory
///     first. Dots and blanks behind the name are dropped, as Windows does.
///
/// A text that cmd.exe would cut off is refused with Stage::exec and argument_list_too_long.
///
/// What the script makes of its arguments is beyond our reach. Quotes protect & | < > ^ in %1, in %* and in "%~1"; a
/// script that takes them off (%~1) or puts others around them ("%1") runs what is behind an &, and one that turns on
/// delayed expansion expands !NAME!.
///
/// Requires: argv is not empty, and nothing has a NUL in it. argv[0] is not used: to the script, %0 is `script`.
CommandLine windows_batch_command_line(std::string_view cmd_exe, std::string_view script,
                                       const std::vector<std::string> &argv);

} // namespace backchat::base
