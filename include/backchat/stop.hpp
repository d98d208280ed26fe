#pragma once

#include <backchat/exit_status.hpp>
#include <backchat/result.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace backchat {

/// One way to ask a child to end. The `_tree` ones ask all its descendants too.
enum class StopAction : std::uint8_t {
    close_stdin,
    interrupt, // SIGINT
    interrupt_tree,
    terminate, // SIGTERM
    terminate_tree,
    kill, // SIGKILL
    kill_tree,
};

/// Gives the enumerator's name, as a literal.
const char *to_string(StopAction action) noexcept;

/// Do `action`, then give the child `grace` to end before the next step.
struct StopStep {
    StopAction action;
    std::chrono::nanoseconds grace;
};

/// Stopping a child is a list of steps. However the list ends, a forced kill of the tree stands behind it.
using StopSequence = std::vector<StopStep>;

/// Gives the usual sequence: close stdin for half of `grace`, terminate the child for the other half; then the tree
/// is killed.
StopSequence polite_stop(std::chrono::nanoseconds grace);

/// Gives the sequence for a child that is late, which takes no longer than `grace` whatever the tree does: terminate
/// the tree for three quarters of it, then kill the tree. The kill is given 100 ms at least.
StopSequence late_stop(std::chrono::nanoseconds grace);

/// What one step did.
struct StepReport {
    StopAction action;
    std::chrono::nanoseconds took{};
    bool ended = false; // the child ended during this step
    /// False when there was no way to ask (a child that has become another user's; on Windows one that has neither a
    /// process group of its own nor a window): the next step followed at once.
    bool delivered = true;
};

/// What stop() brings back: the child's status, and how it came about.
struct Stopped : ExitStatus {
    bool ended = false; // false only when not even the kill was obeyed within the bound (an uninterruptible sleep)
    std::vector<StepReport> steps;
    TreeReport tree;
};

} // namespace backchat
