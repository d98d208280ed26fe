#include "platform/unix/pipe_system.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::platform {

PipeEnds make_pipe_ends() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0) throw std::system_error(errno, std::system_category());
    FileDescriptor second(ends[1]);
    FileDescriptor read_end = FileDescriptor::above_standard(ends[0]);
    return {std::move(read_end), FileDescriptor::above_standard(second.release())};
}

void tune_our_end(const FileDescriptor &end, Direction, std::optional<std::size_t> capacity) {
    // A wish: beyond the user's share of pipe memory the kernel says EPERM, and the pipe stays as it is.
    if (capacity) ::fcntl(end.get(), F_SETPIPE_SZ, static_cast<int>(std::min<std::size_t>(*capacity, INT_MAX)));
}

void take_broken_pipe_signal(const sigset_t &broken_pipe) {
    const timespec at_once{};
    while (sigtimedwait(&broken_pipe, nullptr, &at_once) < 0 && errno == EINTR) {
    }
}

} // namespace backchat::platform
