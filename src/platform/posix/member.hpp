#pragma once

#include "platform/posix/process_impl.hpp"

#include <sys/types.h>

namespace backchat::platform {

/// The process group that a child leads, as a whole: who is in it cannot be asked.
///
/// The group's number is the child's. It can't become another's as long as the child is not reaped or the group has
/// members; so once the child was reaped, any process that bears the number says that the group is gone.
class Member {
public:
    explicit Member(const Process::Impl &leader) : leader_(leader) {}

    /// Whether nobody is left in it. A zombie that its parent has not reaped yet counts as alive.
    bool dead();
    /// Gives whether it went to somebody.
    bool send_signal(int number);

private:
    /// As kill(2).
    int send_if_ours(int number);

    const Process::Impl &leader_;
    bool dead_ = false; // seen to be
};

} // namespace backchat::platform
