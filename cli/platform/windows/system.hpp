#pragma once

/// What every file here needs of windows.h.

#include <backchat/options.hpp>

#include <system_error>

#include <windows.h>

namespace backchat::cli {

inline HANDLE native(NativeHandle handle) {
    return reinterpret_cast<HANDLE>(handle); // NOLINT(performance-no-int-to-ptr): a HANDLE is a number
}

inline NativeHandle from_native(HANDLE handle) { return reinterpret_cast<NativeHandle>(handle); }

inline std::error_code error_of(DWORD number) { return {static_cast<int>(number), std::system_category()}; }
inline std::error_code last_error() { return error_of(GetLastError()); }

inline bool is_console(HANDLE handle) {
    DWORD mode = 0;
    return GetConsoleMode(handle, &mode) != FALSE;
}

} // namespace backchat::cli
