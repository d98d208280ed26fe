#pragma once

#include "platform/linux/descriptor.hpp"

#include <memory>
#include <thread>

#include <sys/types.h>

namespace backchat::platform {

/// A thread that waits for a child's exit without reaping it, where the kernel has no pidfd.
///
/// Requires: nobody reaps the child before has_seen_exit(); its number could then be another child's, for whose exit
/// the thread would wait.
class ExitWatch {
public:
    /// On error: throws std::system_error when there is no thread or no pipe left.
    explicit ExitWatch(pid_t pid);
    /// Waits for the thread if it has seen the exit, else leaves it behind: it ends with the child.
    ~ExitWatch();
    ExitWatch(const ExitWatch &) = delete;
    ExitWatch &operator=(const ExitWatch &) = delete;

    /// Reads end of file once the child has ended.
    int descriptor() const { return read_end_.get(); }
    bool has_seen_exit() const;

private:
    FileDescriptor read_end_;
    std::thread thread_;
};

} // namespace backchat::platform
