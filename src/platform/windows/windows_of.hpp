#pragma once

#include <cstddef>
#include <vector>

#include <windows.h>

namespace backchat::platform {

/// Asks the top-level windows of these processes to close (WM_CLOSE), as a click on their cross would. Gives the number
/// of processes that have one. Never waits for any of them.
std::size_t close_windows_of(const std::vector<DWORD> &pids);

} // namespace backchat::platform
