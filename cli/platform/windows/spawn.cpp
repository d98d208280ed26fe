#include "cli/platform/spawn.hpp"

namespace backchat::cli {

/// A job has all descendants in it.
Popen spawn(const std::vector<std::string> &command, Options &how) {
    how.orphans = Orphans::adopt;
    return Popen(command, how);
}

} // namespace backchat::cli
