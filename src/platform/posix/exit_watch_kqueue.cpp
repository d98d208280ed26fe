#include "platform/posix/spawn_lock.hpp"
#include "platform/unix/exit_watch.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/event.h>

namespace backchat::platform {
namespace {

/// A kernel queue of our own: it becomes readable with its first event. A new process does not get it.
FileDescriptor make_queue() {
    const std::lock_guard lock(spawn_lock);
    FileDescriptor queue(::kqueue());
    if (!queue) throw std::system_error(errno, std::system_category());
    if (::fcntl(queue.get(), F_SETFD, FD_CLOEXEC) < 0) throw std::system_error(errno, std::system_category());
    return queue;
}

} // namespace

ExitWatch::ExitWatch(pid_t pid) : descriptor_(FileDescriptor::above_standard(make_queue().release())) {
    struct kevent exit;
    EV_SET(&exit, static_cast<uintptr_t>(pid), EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, nullptr);
    int result = -1;
    do {
        result = ::kevent(descriptor_.get(), &exit, 1, nullptr, 0, nullptr);
    } while (result < 0 && errno == EINTR);
    // ESRCH: a child that had ended before gives no event any more on some systems. Without a watch, it is looked for.
    if (result < 0) throw std::system_error(errno, std::system_category());
}

ExitWatch::~ExitWatch() = default;

bool ExitWatch::has_seen_exit() const {
    pollfd look{descriptor_.get(), POLLIN, 0};
    return ::poll(&look, 1, 0) == 1;
}

} // namespace backchat::platform
