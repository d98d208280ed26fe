#pragma once

#include <backchat/error.hpp>

#include <csignal>
#include <cstddef>
#include <cstdint>

#include <sched.h>
#include <sys/resource.h>
#include <sys/types.h>

namespace backchat::platform {

/// One descriptor that the child is to have: what is `source` before is `target` afterwards.
struct Placement {
    int source; // -1: the target is to be closed
    int target;
};

/// The kernel's own form of a signal set.
using KernelSignalSet = std::uint64_t;
inline constexpr int last_signal = 64;

/// What went wrong in the new process.
struct ChildReport {
    Stage stage;
    int error;
    bool started; // the new process has run, and what it writes here is seen by us: the memory is shared
    bool failed;
};

/// Everything that the new process does before it becomes the program, as plain data that was prepared before: between
/// clone and exec nothing may allocate, lock or throw.
///
/// Lifetime: all pointers are the parent's, which waits until the program runs.
struct ChildPlan {
    const char *const *candidates; // paths to try, ended by a null pointer
    char *const *argv;
    char *const *environment;

    Placement *placements; // targets are distinct; the child changes the sources
    std::size_t placement_count;
    const int *kept; // descriptors that stay open, in ascending order, without the report pipe
    std::size_t kept_count;
    bool close_others;

    const char *cwd; // may be null
    bool new_session;
    bool set_group;
    pid_t group; // 0: its own number

    const unsigned *umask; // each may be null
    const int *nice;
    const uid_t *uid;
    const gid_t *gid;
    const gid_t *groups;
    std::size_t group_count;
    bool set_groups;
    bool no_new_privs;
    const cpu_set_t *affinity;
    std::size_t affinity_size; // bytes
    const int *limit_resources;
    const rlimit64 *limits;
    std::size_t limit_count;

    bool default_signals;
    KernelSignalSet signal_mask; // what the program starts with

    ChildReport *report; // in the parent's memory
    int report_pipe;     // -1: the memory alone
};

/// Becomes the program, or reports why not and exits with 127. Runs in the new process; `plan` is a ChildPlan.
/// Never returns; the type is what clone(2) takes.
int run_child(void *plan);

} // namespace backchat::platform
