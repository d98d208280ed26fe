#include "cli/platform/file.hpp"

#include "cli/platform/standard_streams.hpp"
#include "cli/platform/unix/descriptor.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr int mode_for_new = 0666; // less our umask

UniqueHandle owned(int number, std::error_code &error) {
    if (number < 0) error = {errno, std::system_category()};
    return UniqueHandle(number);
}

} // namespace

std::optional<Stream> output_named(const std::string &path) {
    if (path == "-" || path == "/dev/stdout") return Stream::out;
    if (path == "/dev/stderr") return Stream::err;
    return std::nullopt;
}

UniqueHandle open_to_write(const std::string &path, std::error_code &error) {
    return owned(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_for_new), error);
}

UniqueHandle open_to_read(const std::string &path, std::error_code &error) {
    return owned(open(path.c_str(), O_RDONLY | O_CLOEXEC), error);
}

UniqueHandle duplicate(Stream stream, std::error_code &error) {
    return owned(fcntl(descriptor(standard_handle(stream)), F_DUPFD_CLOEXEC, STDERR_FILENO + 1), error);
}

} // namespace backchat::cli
