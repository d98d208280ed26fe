#include "platform/unix/exit_watch.hpp"
#include "platform/unix/pipe_system.hpp"
#include "platform/unix/signals_blocked.hpp"

#include <poll.h>

namespace backchat::platform {

ExitWatch::ExitWatch(pid_t pid) {
    PipeEnds ends = make_pipe_ends();
    descriptor_ = std::move(ends.read);
    const SignalsBlocked guard;
    // The thread owns the write end: its closing is the news.
    thread_ = std::thread([pid, end = std::move(ends.write)]() mutable {
        wait_until_ended(pid);
        end.reset();
    });
}

ExitWatch::~ExitWatch() {
    if (has_seen_exit()) thread_.join();
    else thread_.detach();
}

bool ExitWatch::has_seen_exit() const {
    pollfd look{descriptor_.get(), POLLIN, 0};
    return ::poll(&look, 1, 0) == 1;
}

} // namespace backchat::platform
