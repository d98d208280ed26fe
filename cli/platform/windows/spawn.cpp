#include "cli/platform/spawn.hpp"

#include "cli/platform/windows/given_descriptors.hpp"

namespace backchat::cli {

/// A job has all descendants in it.
Popen spawn(const std::vector<std::string> &command, Options &how) {
    how.orphans = Orphans::adopt;
    how.descriptors = given_descriptors();
    return Popen(command, how);
}

} // namespace backchat::cli
