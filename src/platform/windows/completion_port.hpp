#pragma once

#include "platform/windows/handle.hpp"

#include <backchat/deadline.hpp>

#include <atomic>

namespace backchat::platform {

/// The completion port that one child's pipes, its exit and its wakeups report to.
///
/// A packet says no more than "look again": what has happened is read from where it happened. So a packet may be
/// dropped, if only whoever waits gets another one. The port also keeps a pipe's operation alive when the thread that
/// began it ends; without one, Windows would cancel it.
/// Threads: any member from any thread, wait() from one at a time.
class CompletionPort {
public:
    /// On error: throws std::system_error.
    CompletionPort();
    CompletionPort(const CompletionPort &) = delete;
    CompletionPort &operator=(const CompletionPort &) = delete;

    /// Has the operations on `file`, opened with FILE_FLAG_OVERLAPPED, report here from now on.
    /// On error: throws std::system_error.
    void attach(HANDLE file);
    /// Ends one wait().
    void post() noexcept;
    /// Waits for a packet until `deadline`. On error: throws std::system_error.
    void wait(Clock::time_point deadline);
    /// Takes notice that an operation has ended, and throws away what packets have gathered if they are many: they take
    /// memory that the system does not page out, and a caller that never waits would gather them for ever.
    void on_completion() noexcept;

    /// Says that a wait() is about to come: whatever happens from now on will end it.
    class Waiter {
    public:
        explicit Waiter(CompletionPort &port) : port_(port) { ++port_.waiters_; }
        ~Waiter() { --port_.waiters_; }
        Waiter(const Waiter &) = delete;
        Waiter &operator=(const Waiter &) = delete;

    private:
        CompletionPort &port_;
    };

private:
    bool take(DWORD milliseconds);

    Handle port_;
    std::atomic<int> waiters_{0};
    std::atomic<int> gathered_{0}; // packets at the most
};

} // namespace backchat::platform
