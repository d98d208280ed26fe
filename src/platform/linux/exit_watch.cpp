#include "platform/linux/exit_watch.hpp"

#include "platform/linux/raw.hpp"
#include "platform/linux/signals_blocked.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>

namespace backchat::platform {
ExitWatch::ExitWatch(pid_t pid) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0) throw std::system_error(errno, std::system_category());
    FileDescriptor write_end(ends[1]);
    read_end_ = FileDescriptor::above_standard(ends[0]);
    write_end = FileDescriptor::above_standard(write_end.release());
    const SignalsBlocked guard;
    // The thread owns the write end: its closing is the news.
    thread_ = std::thread([pid, end = std::move(write_end)]() mutable {
        siginfo_t info;
        while (raw::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT, nullptr) < 0 && errno == EINTR) {
        }
        end.reset();
    });
}

ExitWatch::~ExitWatch() {
    if (has_seen_exit()) thread_.join();
    else thread_.detach();
}

bool ExitWatch::has_seen_exit() const {
    pollfd look{read_end_.get(), POLLIN, 0};
    return ::poll(&look, 1, 0) == 1;
}

} // namespace backchat::platform
