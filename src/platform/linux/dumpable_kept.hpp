#pragma once

#include <mutex>

#include <sys/prctl.h>

namespace backchat::platform {

/// Keeps this process dumpable over the spawn of a child that changes its user or group.
///
/// A process that does so loses the right to dump core and to be traced, and that right belongs to the memory, which
/// the child shares with us until its program runs: the host would lose it too, for good. It is given back after the
/// exec, not before: until then it keeps the child's new user from tracing a process that has our memory. One such
/// spawn at a time, or one would take the other's loss for the host's wish.
class DumpableKept {
public:
    enum class When { always, never };

    explicit DumpableKept(When when) {
        if (when == When::never) return;
        one_at_a_time_ = std::unique_lock(mutex_);
        was_dumpable_ = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1;
    }
    ~DumpableKept() {
        if (was_dumpable_) ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    }
    DumpableKept(const DumpableKept &) = delete;
    DumpableKept &operator=(const DumpableKept &) = delete;

private:
    static inline std::mutex mutex_;
    std::unique_lock<std::mutex> one_at_a_time_;
    bool was_dumpable_ = false;
};

} // namespace backchat::platform
