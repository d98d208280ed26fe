#pragma once

#include <backchat/popen.hpp>

#include <string>
#include <vector>

namespace backchat::cli {

/// Spawns the command, with as much of a hold on its descendants as this system gives. `how` becomes what it was
/// spawned with.
/// On error: throws SpawnError.
Popen spawn(const std::vector<std::string> &command, Options &how);

} // namespace backchat::cli
