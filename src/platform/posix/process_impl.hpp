#pragma once

#include "platform/process.hpp"
#include "platform/unix/exit_watch.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <sys/types.h>

namespace backchat::platform {

/// Made before the child, so that nothing is left to fail once that runs.
class Process::Impl {
public:
    /// As kill(2); ESRCH once the child was reaped. Never reaches who got its number then.
    int send_signal(int number) const;
    /// Whether it has ended, be it reaped or not.
    bool has_ended() const;

    pid_t pid = -1;
    std::string command;              // the arguments, joined by blanks
    std::unique_ptr<ExitWatch> watch; // once somebody waits

    /// Held by whoever uses or ends the child's claim to its number: Trees look at it while others reap.
    mutable std::mutex number;
    std::optional<Ended> ended; // protected by number
};

} // namespace backchat::platform
