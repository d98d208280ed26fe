#pragma once

#include <backchat/error.hpp>
#include <backchat/exit_status.hpp>

namespace backchat::cli {

/// Exit codes that are not the child's; the same numbers as those of timeout(1) and env(1).
inline constexpr int exit_step_failed = 1; // talk: a step of the script was not fulfilled
inline constexpr int exit_timed_out = 124;
inline constexpr int exit_failed = 125; // we could not do what was asked, bad options included
inline constexpr int exit_not_executable = 126;
inline constexpr int exit_not_found = 127;

/// Gives the code a shell would have: the child's own, or 128 and the signal's number; exit_failed when unknown.
int exit_code(const ExitStatus &status);

/// Gives 127 when there is no such program, 126 when it cannot be executed, 125 when an earlier step failed.
int exit_code(const SpawnError &error);

} // namespace backchat::cli
