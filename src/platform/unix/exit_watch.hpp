#pragma once

#include "platform/unix/descriptor.hpp"

#include <pthread.h>
#include <sys/types.h>

namespace backchat::platform {

/// A descriptor that tells of a child's exit without reaping it, where the kernel has no pidfd: a kernel queue where there
/// is one, else a pipe from a thread that waits for the child.
///
/// Requires: nobody reaps the child before has_seen_exit(); its number could then be another child's, for whose exit
/// the thread would wait.
class ExitWatch {
public:
    /// On error: throws std::system_error when there is no thread or no descriptor left.
    explicit ExitWatch(pid_t pid);
    /// Waits for the thread if it has seen the exit, else leaves it behind: it ends with the child.
    ~ExitWatch();
    ExitWatch(const ExitWatch &) = delete;
    ExitWatch &operator=(const ExitWatch &) = delete;

    /// What poll(2) finds readable once the child has ended.
    int descriptor() const { return descriptor_.get(); }
    bool has_seen_exit() const;

private:
    FileDescriptor descriptor_;
    pthread_t thread_{}; // none with a kernel queue
};

/// Waits until a child has ended, and leaves it to be reaped.
void wait_until_ended(pid_t pid) noexcept;

} // namespace backchat::platform
