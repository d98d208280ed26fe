#include "platform/posix/member.hpp"

#include <cerrno>
#include <csignal>

namespace backchat::platform {

int Member::send_if_ours(int number) {
    const std::lock_guard lock(leader_.number);
    const bool number_reused = leader_.ended && (::kill(leader_.pid, 0) == 0 || errno != ESRCH);
    if (dead_ || number_reused) {
        errno = ESRCH;
        return -1;
    }
    return ::kill(-leader_.pid, number);
}

bool Member::dead() {
    dead_ = dead_ || (send_if_ours(0) < 0 && errno == ESRCH);
    return dead_;
}

bool Member::send_signal(int number) { return send_if_ours(number) == 0; }

} // namespace backchat::platform
