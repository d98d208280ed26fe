#pragma once

#include <backchat/options.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace support {

using backchat::NativeHandle;

inline constexpr NativeHandle no_handle = -1;

void close_handle(NativeHandle handle);

/// Owns a descriptor, or on Windows a HANDLE, of the test's own.
class UniqueHandle {
public:
    UniqueHandle() = default;
    explicit UniqueHandle(NativeHandle handle) : handle_(handle) {}
    UniqueHandle(UniqueHandle &&other) noexcept : handle_(std::exchange(other.handle_, no_handle)) {}
    UniqueHandle &operator=(UniqueHandle &&other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~UniqueHandle() { reset(); }

    NativeHandle get() const { return handle_; }
    void reset() {
        if (handle_ != no_handle) close_handle(handle_);
        handle_ = no_handle;
    }

private:
    NativeHandle handle_ = no_handle;
};

/// A pipe of the test's own; no child inherits it unless it is told to.
struct Pipe {
    UniqueHandle read;
    UniqueHandle write;

    Pipe();
};

/// Waits for the next piece and gives it; empty at end of file. Throws std::system_error.
std::string read_some(NativeHandle handle, std::size_t most = 65536);
/// Gives all that can be read until end of file.
std::string read_all(NativeHandle handle);
/// Throws std::system_error unless all of `text` went.
void write_all(NativeHandle handle, std::string_view text);

/// Gives our own stdin, stdout or stderr by its number; no_handle where it is closed.
NativeHandle standard_handle(int number);

} // namespace support
