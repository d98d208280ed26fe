#pragma once

#include <backchat/deadline.hpp>
#include <backchat/options.hpp>

namespace backchat::core {

/// The clockwork of the exit and end-of-file contract: how long to listen on after the child's exit.
///
/// Pure: told what happens and when, it says when to stop waiting for an end of file that may never come.
class Ending {
public:
    explicit Ending(Linger linger) : linger_(linger) {}

    /// The child was seen to have exited. Only the first time counts.
    void on_exit(Clock::time_point now) {
        if (exited_) return;
        exited_ = true;
        idle_until_ = Deadline::after(linger_.idle, now);
        total_until_ = Deadline::after(linger_.total, now);
    }

    /// A chunk arrived: whoever wrote it may write more.
    void on_data(Clock::time_point now) {
        if (exited_) idle_until_ = Deadline::after(linger_.idle, now);
    }

    bool exited() const { return exited_; }

    /// Gives when to stop waiting for end of file; never, as long as the child runs.
    Clock::time_point cut_at() const {
        if (!exited_) return Clock::time_point::max();
        return idle_until_ < total_until_ ? idle_until_ : total_until_;
    }

private:
    Linger linger_;
    Clock::time_point idle_until_{};
    Clock::time_point total_until_{};
    bool exited_ = false;
};

} // namespace backchat::core
