#include "outlets.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

bool are_same_file(int one, int other) {
    struct stat first {};
    struct stat second {};
    return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

} // namespace

int descriptor_of(Stream stream) { return stream == Stream::err ? STDERR_FILENO : STDOUT_FILENO; }

Outlets::Outlets(std::shared_ptr<Wakeup> wakeup)
    : out_(std::make_shared<OutputWriter>(wakeup)),
      err_(are_same_file(STDOUT_FILENO, STDERR_FILENO) ? out_ : std::make_shared<OutputWriter>(wakeup)) {}

} // namespace backchat::cli
