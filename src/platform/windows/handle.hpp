#pragma once

#include <backchat/options.hpp>

#include <system_error>
#include <utility>

#include <windows.h>

namespace backchat::platform {

/// Owns a HANDLE. Closing keeps the last error.
class Handle {
public:
    Handle() = default;
    /// Takes a handle as the system gives it: null and INVALID_HANDLE_VALUE both mean that there is none.
    explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
    ~Handle() { reset(); }
    Handle(Handle &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle &operator=(Handle &&other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }

    HANDLE get() const { return handle_; }
    explicit operator bool() const { return handle_ != nullptr; }
    void reset() {
        if (handle_ == nullptr) return;
        const DWORD saved = ::GetLastError();
        ::CloseHandle(std::exchange(handle_, nullptr));
        ::SetLastError(saved);
    }

private:
    HANDLE handle_ = nullptr;
};

/// The form in which the public API has a HANDLE, and back.
inline HANDLE as_handle(NativeHandle native) {
    return reinterpret_cast<HANDLE>(native); // NOLINT(performance-no-int-to-ptr): a HANDLE is a number
}

inline std::error_code system_error_code(DWORD error) { return {static_cast<int>(error), std::system_category()}; }

inline std::system_error last_error() { return std::system_error(system_error_code(::GetLastError())); }

} // namespace backchat::platform
