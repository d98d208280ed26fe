#pragma once

#include "platform/unix/child_plan.hpp"

#include <backchat/error.hpp>

#include <string>

namespace backchat::platform {

/// Waits for the new process to write why it failed, or for end of file: exec has closed the other end. `pipe` is
/// blocking. Gives false, with a report of that, when it cannot be read: then the process may run or not.
[[nodiscard]] bool read_report(int pipe, ChildReport &report);

/// What to throw for a report of a failure.
SpawnError error_of(const ChildReport &report, const ChildPlan &plan, const std::string &program);

} // namespace backchat::platform
