#pragma once

#include <gtest/gtest.h>

namespace support {

/// What the library does not do on every platform.
enum class Feature {
    adoption,       // Orphans::adopt
    cpu_affinity,   // Options::cpu_affinity
    credentials,    // uid, gid, groups
    descendants,    // trees reach them wherever they went, and reports name them
    early_end,      // a stream ends when the child closes it, and not only when the child ends
    exit_event,     // a child's exit is waited for without a thread
    group_to_join,  // ProcessGroup::join
    holders,        // who holds a pipe is told
    immediacy,      // what has happened at the other end of a pipe is seen by the next call already
    limits,         // Options::limits, umask and nice
    no_new_privs,   // Options::no_new_privs
    peak_memory,    // the most that a child has had is known when it has ended
    pipe_capacity,  // what is wished for is granted
    polite_signals, // SIGTERM and SIGINT, or what stands for them, reach a child of a group of its own
    processor_time, // the time that a child has used is told
    session,        // Options::new_session
    signal_zero,    // the signal that asks whether a process is there
};

/// Says why this very system has no such thing although the platform has it, asked anew; a null pointer when it has.
const char *missing_here(Feature feature);

/// Says why the platform that the library was built for, or the system that it runs on, has no such thing; a null pointer
/// when it has.
const char *missing(Feature feature);

inline bool has(Feature feature) { return missing(feature) == nullptr; }

} // namespace support

/// Skips the rest of a test that is about something this platform does not have, and says why.
#define BACKCHAT_NEEDS(feature)                                                                                        \
    if (const char *why = support::missing(support::Feature::feature)) GTEST_SKIP() << #feature << ": " << why
