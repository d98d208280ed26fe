#pragma once

/// Windows' own headers, and what they lack.

#include <backchat/options.hpp>

#include <system_error>

// The others need the first.
// clang-format off
#include <windows.h>
#include <tlhelp32.h>
#include <winternl.h>
// clang-format on

namespace support {

inline HANDLE as_handle(backchat::NativeHandle handle) {
    return reinterpret_cast<HANDLE>(handle); // NOLINT(performance-no-int-to-ptr)
}

inline backchat::NativeHandle as_native(HANDLE handle) { return reinterpret_cast<backchat::NativeHandle>(handle); }

[[noreturn]] inline void throw_last_error(const char *what) {
    throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), what);
}

} // namespace support
