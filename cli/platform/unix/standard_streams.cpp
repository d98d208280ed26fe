#include "cli/platform/standard_streams.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

int number_of(Stream stream) {
    switch (stream) {
    case Stream::in: return STDIN_FILENO;
    case Stream::out: return STDOUT_FILENO;
    case Stream::err: break;
    }
    return STDERR_FILENO;
}

} // namespace

NativeHandle standard_handle(Stream stream) { return number_of(stream); }

bool is_terminal(Stream stream) { return isatty(number_of(stream)) != 0; }

bool outputs_are_one_file() {
    struct stat out {};
    struct stat err {};
    return fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 && out.st_dev == err.st_dev &&
           out.st_ino == err.st_ino;
}

} // namespace backchat::cli
