#pragma once

#include "platform/linux/proc.hpp"
#include "platform/unix/descriptor.hpp"

#include <backchat/result.hpp>

#include <cstdint>

#include <sys/types.h>

namespace backchat::platform {

/// One process of a tree, known by its number and its start: never mistaken for one that got the number later.
class Member {
public:
    /// How much is found out about a process: its arguments cost one more look.
    enum class Describe { fully, by_name };

    Member(const proc::Stat &stat, Describe how);

    pid_t pid() const { return pid_; }
    const ProcessInfo &info() const { return info_; }
    std::uint64_t start_time() const { return start_time_; }
    /// The number of the last signal that was sent; 0 when none was.
    int last_signal() const { return last_signal_; }
    /// The number of the last signal that was tried, sent or refused.
    int last_tried() const { return last_tried_; }
    /// -1 where there is none to be had.
    int pidfd() const { return pidfd_.get(); }

    /// A zombie counts as dead: some inits reap late.
    bool dead();
    /// Gives whether it was sent: not to a dead process, nor against the system's refusal (another user's).
    bool send_signal(int number);

private:
    bool looks_dead() const;

    pid_t pid_;
    std::uint64_t start_time_;
    ProcessInfo info_;
    FileDescriptor pidfd_;
    int last_signal_ = 0;
    int last_tried_ = 0;
    bool dead_ = false; // seen to be
};

} // namespace backchat::platform
