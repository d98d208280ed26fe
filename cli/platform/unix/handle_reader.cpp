#include "cli/platform/handle_reader.hpp"

#include "cli/platform/unix/descriptor.hpp"

#include <cerrno>
#include <cstddef>

#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10;

} // namespace

std::string HandleReader::read(std::error_code &error) {
    const int number = descriptor(handle_);
    std::string bytes(read_size, '\0');
    ssize_t size = 0;
    do {
        size = ::read(number, bytes.data(), bytes.size());
    } while (size < 0 &&
             (errno == EINTR || ((errno == EAGAIN || errno == EWOULDBLOCK) && wait_until_ready(number, POLLIN))));
    if (size < 0) error = {errno, std::system_category()};
    bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return bytes;
}

} // namespace backchat::cli
