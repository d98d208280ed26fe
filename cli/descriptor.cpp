#include "descriptor.hpp"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

UniqueDescriptor::~UniqueDescriptor() {
    if (number_ >= 0) close(number_);
}

DescriptorPair make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::system_category(), "pipe");
    DescriptorPair pair{UniqueDescriptor(ends[0]), UniqueDescriptor(ends[1])};
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) throw std::system_error(errno, std::system_category(), "fcntl");
    return pair;
}

std::error_code write_all(int descriptor, std::string_view data) {
    while (!data.empty()) {
        const ssize_t written = write(descriptor, data.data(), data.size());
        if (written >= 0) {
            data.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd room{descriptor, POLLOUT, 0};
            if (poll(&room, 1, -1) < 0 && errno != EINTR) return {errno, std::system_category()};
        } else if (errno != EINTR) {
            return {errno, std::system_category()};
        }
    }
    return {};
}

void reserve_standard_descriptors() {
    for (int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest free number is what open() gives. The wrong direction keeps reads and writes failing.
        const int opened = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (opened != number) throw std::system_error(errno, std::system_category(), "/dev/null");
    }
}

} // namespace backchat::cli
