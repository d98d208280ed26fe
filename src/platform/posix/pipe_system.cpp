#include "platform/unix/pipe_system.hpp"

#include "platform/posix/spawn_lock.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

void close_on_exec(const FileDescriptor &fd) {
    if (::fcntl(fd.get(), F_SETFD, FD_CLOEXEC) < 0) throw std::system_error(errno, std::system_category());
}

PipeEnds make_ends() {
    const std::lock_guard lock(spawn_lock);
    int ends[2];
    if (::pipe(ends) < 0) throw std::system_error(errno, std::system_category());
    PipeEnds made{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
    close_on_exec(made.read);
    close_on_exec(made.write);
    return made;
}

} // namespace

PipeEnds make_pipe_ends() {
    PipeEnds ends = make_ends();
    ends.read = FileDescriptor::above_standard(ends.read.release());
    ends.write = FileDescriptor::above_standard(ends.write.release());
    return ends;
}

/// How much a pipe holds cannot be asked for.
void tune_our_end([[maybe_unused]] const FileDescriptor &end, [[maybe_unused]] Direction direction,
                  std::optional<std::size_t>) {
#ifdef F_SETNOSIGPIPE
    // On macOS the signal goes to any thread of the process, so that to block it in this one is not enough.
    if (direction == Direction::to_child && ::fcntl(end.get(), F_SETNOSIGPIPE, 1) < 0)
        throw std::system_error(errno, std::system_category());
#endif
}

/// Not by sigtimedwait, which macOS and OpenBSD lack. What is pending is this thread's: nobody else can take it between
/// the two calls.
void take_broken_pipe_signal(const sigset_t &broken_pipe) {
    sigset_t pending;
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE) != 1) return;
    int number = 0;
    while (sigwait(&broken_pipe, &number) == EINTR) {
    }
}

} // namespace backchat::platform
