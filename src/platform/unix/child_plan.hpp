#pragma once

#include <backchat/error.hpp>

#include <cstddef>
#include <cstdint>

#include <sys/types.h>

namespace backchat::platform {

/// One descriptor that the child is to have: what is `source` before is `target` afterwards.
struct Placement {
    int source; // -1: the target is to be closed
    int target;
};

/// One resource limit, by the system's number; ResourceLimit::unlimited is none.
struct ChildLimit {
    int resource;
    std::uint64_t soft;
    std::uint64_t hard;
};

/// The signal mask that the program starts with, in the form that the platform's calls take.
struct SignalMask;

/// What is open in the parent, where the new process cannot find out by itself.
struct OpenDescriptors;

/// What went wrong in the new process.
struct ChildReport {
    Stage stage;
    int error;
    bool started; // the new process has run, and what it writes here is seen by us: the memory is shared
    bool failed;
};

/// Everything that the new process does before it becomes the program, as plain data that was prepared before: between
/// clone or fork and exec nothing may allocate, lock or throw.
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
    const OpenDescriptors *open; // may be null

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
    const std::uint64_t *affinity; // a bit for each processor, the first the lowest; may be null
    std::size_t affinity_size;     // bytes
    const ChildLimit *limits;
    std::size_t limit_count;

    bool default_signals;
    const SignalMask *signal_mask;

    ChildReport *report;
    int report_pipe; // -1: the memory alone
};

/// Becomes the program, or reports why not and exits with 127. Runs in the new process; `plan` is a ChildPlan.
/// Never returns; the type is what clone(2) takes.
int run_child(void *plan);

} // namespace backchat::platform
