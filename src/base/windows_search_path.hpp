#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backchat::base {

/// Gives the paths to try, in order, for a program named `name` when PATH is `path` (Windows' form, ';' between
/// entries, which may be in quotes).
///
///     name              tried
///     tool              DIRECTORY\tool.exe, tool.com, tool.bat, tool.cmd for each directory of PATH
///     tool.exe          DIRECTORY\tool.exe; so with .com, .bat and .cmd, in any case
///     tool.v2           DIRECTORY\tool.v2.exe and so on, never tool.v2 itself: what a search may run has one of the
///                       four endings, so that a file of data in a directory of PATH is not taken for the program
///     sub\tool          sub\tool.exe and so on, then sub\tool: PATH is not searched where a directory is named
///     C:\bin\tool.v2    C:\bin\tool.v2, then C:\bin\tool.v2.exe and so on
///     C:\bin\tool.exe   C:\bin\tool.exe alone
///     C:tool, C:a\tool  nothing: where it is depends on the directory last used on that drive
///     tool.txt:tool     nothing: that is a stream of a file
///     nul, con.exe      nothing, in whichever directory: those are devices, which every directory seems to have
///
/// Empty and relative entries of `path`, "C:bin" and "\bin" among them, depend on the current directory or drive and
/// are passed over; so the current directory is never searched. No path is given when nothing is left to try.
/// A name in \\?\ form is nothing but itself to Windows: no device, but endings are tried as for others.
std::vector<std::string> windows_search_path(std::string_view name, std::string_view path);

/// Gives what is searched when the environment has no PATH: the places of Windows itself, which is at `system_root`.
std::string default_windows_path(std::string_view system_root);

} // namespace backchat::base
