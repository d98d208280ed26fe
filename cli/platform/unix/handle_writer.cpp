#include "cli/platform/handle_writer.hpp"

#include "cli/platform/unix/descriptor.hpp"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

std::error_code HandleWriter::write_all(std::string_view data) {
    const int number = descriptor(handle_);
    while (!data.empty()) {
        const ssize_t written = write(number, data.data(), data.size());
        if (written >= 0) {
            data.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_until_ready(number, POLLOUT)) return {errno, std::system_category()};
        } else if (errno != EINTR) {
            return {errno, std::system_category()};
        }
    }
    return {};
}

} // namespace backchat::cli
