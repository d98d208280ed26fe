#include "outlets.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace backchat::cli {

bool outlets_are_one_file() {
    struct stat out {};
    struct stat err {};
    return fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 && out.st_dev == err.st_dev &&
           out.st_ino == err.st_ino;
}

int descriptor_of(Stream stream) { return stream == Stream::err ? STDERR_FILENO : STDOUT_FILENO; }

Outlets::Outlets(const std::shared_ptr<Wakeup> &wakeup)
    : out_(std::make_shared<OutputWriter>(wakeup)),
      err_(outlets_are_one_file() ? out_ : std::make_shared<OutputWriter>(wakeup)) {}

} // namespace backchat::cli
