#include "platform/unix/descriptor.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::platform {

void FileDescriptor::reset() {
    if (fd_ < 0) return;
    const int saved = errno;
    // On Linux the descriptor is gone even when close reports EINTR: a second try could close somebody else's.
    ::close(std::exchange(fd_, -1));
    errno = saved;
}

FileDescriptor FileDescriptor::above_standard(int fd) {
    FileDescriptor owned(fd);
    if (fd > 2) return owned;
    FileDescriptor moved(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
    // EINVAL: the limit is so low that the number asked for is beyond it.
    if (!moved) throw std::system_error(errno == EINVAL ? EMFILE : errno, std::system_category());
    return moved;
}

FileDescriptor FileDescriptor::above_standard_if_possible(int fd) {
    if (fd < 0 || fd > 2) return FileDescriptor(fd);
    const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (moved < 0) return FileDescriptor(fd);
    ::close(fd);
    return FileDescriptor(moved);
}

} // namespace backchat::platform
