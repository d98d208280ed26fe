#include "platform/linux/member.hpp"

#include "platform/linux/raw.hpp"

#include <cerrno>
#include <csignal>

#include <poll.h>

namespace backchat::platform {

Member::Member(const proc::Stat &stat, Describe how)
    : pid_(stat.pid), start_time_(stat.start_time), info_{stat.pid, how == Describe::fully ? proc::command(stat.pid)
                                                                                           : "[" + stat.name + "]"} {
    pidfd_ = FileDescriptor::above_standard_if_possible(raw::pidfd_open(pid_));
    if (!pidfd_) return;
    // Opened by number: it is our process only if that still started when ours did.
    const auto now = proc::stat(pid_);
    if (!now || now->start_time != start_time_) pidfd_.reset();
}

bool Member::dead() {
    dead_ = dead_ || looks_dead();
    return dead_;
}

bool Member::looks_dead() const {
    if (pidfd_) {
        pollfd look{pidfd_.get(), POLLIN, 0};
        return ::poll(&look, 1, 0) == 1;
    }
    if (const auto now = proc::stat(pid_)) return now->start_time != start_time_ || now->dead();
    // Gone, or not to be looked at for want of a descriptor: then a zombie counts as alive.
    return ::kill(pid_, 0) < 0 && errno == ESRCH;
}

bool Member::send_signal(int number) {
    if (dead()) return false;
    last_tried_ = number;
    int result = -1;
    errno = ENOSYS;
    if (pidfd_) result = raw::pidfd_send_signal(pidfd_.get(), number);
    // Without a pidfd, or with one that cannot be used, the number may change hands between the look and the signal;
    // the kernel hands numbers out in turn, so that takes a full round of them.
    if (result < 0 && (errno == ENOSYS || errno == EPERM)) result = ::kill(pid_, number);
    if (result == 0) last_signal_ = number;
    return result == 0;
}

} // namespace backchat::platform
