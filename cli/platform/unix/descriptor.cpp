#include "cli/platform/unix/descriptor.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

DescriptorPair make_pipe() {
    int ends[2];
    if (pipe(ends) != 0) throw std::system_error(errno, std::system_category(), "pipe");
    DescriptorPair pair{UniqueHandle(ends[0]), UniqueHandle(ends[1])};
    // Not every Unix has pipe2(). Nobody else spawns in this process, so that there is no race to lose.
    for (const int end : ends)
        if (fcntl(end, F_SETFD, FD_CLOEXEC) != 0) throw std::system_error(errno, std::system_category(), "fcntl");
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) throw std::system_error(errno, std::system_category(), "fcntl");
    return pair;
}

bool wait_until_ready(int number, short events) {
    pollfd wanted{number, events, 0};
    while (poll(&wanted, 1, -1) < 0)
        if (errno != EINTR) return false;
    return true;
}

} // namespace backchat::cli
