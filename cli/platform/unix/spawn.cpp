#include "cli/platform/spawn.hpp"

#include <backchat/error.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::cli {
namespace {

bool has_terminal() {
    const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0) close(terminal);
    return terminal >= 0;
}

bool is_refusal(const SpawnError &error) {
    return error.stage() == Stage::options && error.code() == std::errc::not_supported;
}

} // namespace

/// Orphans are not adopted on every Unix, and descendants not found. Of a group that the child leads, those who stay in
/// it are still reached. But what a terminal sends, it sends to our group, and only that may read from it: with a
/// terminal, the child is in ours.
Popen spawn(const std::vector<std::string> &command, Options &how) {
    how.orphans = Orphans::adopt;
    try {
        return Popen(command, how);
    } catch (const SpawnError &error) {
        if (!is_refusal(error)) throw;
    }
    how.orphans = Orphans::leave;
    if (!has_terminal()) how.process_group = ProcessGroup::own();
    return Popen(command, how);
}

} // namespace backchat::cli
