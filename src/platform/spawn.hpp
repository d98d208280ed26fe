#pragma once

#include "platform/pipe.hpp"
#include "platform/process.hpp"

#include <backchat/options.hpp>

#include <optional>
#include <string>
#include <vector>

namespace backchat::platform {

/// A running child and our ends of its pipes, where Redirect::pipe() was asked for.
struct Spawned {
    Process process;
    std::optional<WriteEnd> in;
    std::optional<ReadEnd> out;
    std::optional<ReadEnd> err;
};

/// Spawns a program, as Popen's constructor says.
///
/// Requires: `argv` and `options` have passed core::check().
/// On error: throws SpawnError, and leaves no descriptor, process, thread or changed signal mask behind. What this
///           platform does not have is refused with Stage::options and std::errc::not_supported.
/// Threads:  any number at once; no child gets a descriptor of another's spawn.
Spawned spawn(const std::vector<std::string> &argv, const Options &options);

/// Gives the argv by which this system's shell runs `command`.
std::vector<std::string> shell_argv(std::string command);

} // namespace backchat::platform
