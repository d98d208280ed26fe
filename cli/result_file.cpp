#include "result_file.hpp"

#include "complaint.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr int mode_for_new = 0666; // less our umask

} // namespace

ResultFile::ResultFile(std::string_view flag, const std::string &path)
    : is_stdout_(path == "-" || path == "/dev/stdout") {
    if (is_stdout_) descriptor_ = UniqueDescriptor(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    else if (path == "/dev/stderr")
        descriptor_ = UniqueDescriptor(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    else descriptor_ = UniqueDescriptor(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_for_new));
    if (!descriptor_)
        throw UsageError(fmt::format("{} {}: {}; name a file that can be written, or - for stdout", flag,
                                     in_quotes(path), std::system_category().message(errno)));
}

} // namespace backchat::cli
