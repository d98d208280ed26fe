#pragma once

#include <backchat/options.hpp>

#include <utility>

namespace backchat::cli {

/// Owns a file descriptor of this process, on Windows a HANDLE.
class UniqueHandle {
public:
    UniqueHandle() = default;
    explicit UniqueHandle(NativeHandle handle) : handle_(handle) {}
    UniqueHandle(UniqueHandle &&other) noexcept : handle_(std::exchange(other.handle_, none)) {}
    UniqueHandle &operator=(UniqueHandle &&other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~UniqueHandle();

    NativeHandle get() const { return handle_; }
    explicit operator bool() const { return handle_ != none; }

private:
    static constexpr NativeHandle none = -1; // on Windows INVALID_HANDLE_VALUE

    NativeHandle handle_ = none;
};

} // namespace backchat::cli
