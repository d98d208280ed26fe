#pragma once

#include <utility>

namespace backchat::platform {

/// Owns a file descriptor. Closing keeps errno.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : fd_(fd) {}
    ~FileDescriptor() { reset(); }
    FileDescriptor(FileDescriptor &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor &operator=(FileDescriptor &&other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void reset();
    /// Gives the number up: closing it is the caller's.
    int release() { return std::exchange(fd_, -1); }

    /// Gives the same open file at a number above 2, and closes the old one.
    ///
    /// A host that has closed its own 0, 1 or 2 gets these numbers for whatever is opened next. Left there, a pipe of
    /// ours would receive what the host prints.
    /// On error: throws std::system_error.
    static FileDescriptor above_standard(int fd);
    /// The same, but where no other number is to be had, `fd` stays where it is. Never throws; -1 gives an empty one.
    static FileDescriptor above_standard_if_possible(int fd);

private:
    int fd_ = -1;
};

} // namespace backchat::platform
