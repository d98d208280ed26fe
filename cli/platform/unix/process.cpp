#include "cli/platform/process.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

/// Opens those of 0, 1 and 2 that are closed, so that no file of ours gets such a number and is taken for a standard
/// stream. As with a closed one, using them gives EBADF.
void reserve_standard_descriptors() {
    for (int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest free number is what open() gives. The wrong direction keeps reads and writes failing.
        const int opened = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (opened != number) throw std::system_error(errno, std::system_category(), "/dev/null");
    }
}

} // namespace

void prepare_process() {
    reserve_standard_descriptors();
    // A parent that ignores SIGCHLD leaves that to us, and the system would keep the child's status from us.
    std::signal(SIGCHLD, SIG_DFL);
}

std::vector<std::string> arguments(int argc, char **argv) { return {argv + (argc > 0 ? 1 : 0), argv + argc}; }

/// Ours, always: what a terminal sends reaches the child, it may read from the terminal, and a signal reaches anybody.
ProcessGroup group_of_child(Stop) { return ProcessGroup::inherit(); }

} // namespace backchat::cli
