#pragma once

#include "platform/pipe.hpp"
#include "platform/process.hpp"

#include <backchat/deadline.hpp>

#include <memory>
#include <span>
#include <variant>

namespace backchat::platform {

/// Ends a wait_for() of another thread.
///
/// Threads: signal() from any thread at any time after prepare().
class Wakeup {
public:
    class Impl;
    /// Source: on a completion based system, the port that everything of this child reports to.
    explicit Wakeup(const Process &child);
    ~Wakeup();
    Wakeup(const Wakeup &) = delete;
    Wakeup &operator=(const Wakeup &) = delete;

    /// Gets ready to be waited for. Where the system has no descriptor left, wait_for() looks by itself every few
    /// milliseconds. Requires: no other call is under way.
    void prepare() noexcept;

    void signal() noexcept;
    /// Takes back all signals so far.
    void reset() noexcept;

    Impl &impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// One process of a tree, as far as waiting for its end goes.
class Member;

/// What to wait for. A ReadEnd is ready when try_read would not say would_block, a WriteEnd when try_write would not,
/// a Process or Member when it has ended, a Wakeup when it was signalled.
struct Interest {
    std::variant<ReadEnd *, WriteEnd *, Process *, Member *, Wakeup *> in;
    bool ready = false;
};

/// Waits until at least one interest is ready, or `deadline` has come, and marks the ready ones.
///
/// Completion based systems start the operation that an interest needs when none is pending.
/// May come back early with nothing ready; never later than a scheduler's delay after the deadline.
/// On error: throws std::system_error.
void wait_for(std::span<Interest> interests, Clock::time_point deadline);

} // namespace backchat::platform
