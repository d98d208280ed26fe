#pragma once

#include <backchat/exit_status.hpp>
#include <backchat/result.hpp>

#include <memory>
#include <optional>

namespace backchat::platform {

/// How a child ended and what it used.
struct Ended {
    ExitStatus status;
    Usage usage;
};

/// A child that we spawned. The destructor neither waits nor signals.
///
/// Threads: one caller at a time; wait_for() may look at it meanwhile.
class Process {
public:
    class Impl;
    explicit Process(std::unique_ptr<Impl> impl);
    ~Process();
    Process(Process &&) noexcept;
    Process &operator=(Process &&) noexcept;

    Pid pid() const;

    /// Gets ready to be waited for. Requires: no other call is under way.
    void prepare_wait() noexcept;

    /// Reaps the child if it has ended; the same answer ever after. Never waits, and never for another process.
    /// The status is unknown where somebody else has reaped it. On error: throws std::system_error.
    std::optional<Ended> try_reap();

    /// Sends a signal to this process, and to none that got its number later.
    /// Returns: false when it has been reaped. On error: throws std::system_error.
    bool send_signal(int number);

    /// Sends the signal that cannot be ignored; needs no memory and reports nothing.
    void kill() noexcept;

    /// Has the child reaped when it ends, whenever that is. The object says nothing more about it.
    static void reap_in_background(Process process) noexcept;

    Impl &impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

} // namespace backchat::platform
