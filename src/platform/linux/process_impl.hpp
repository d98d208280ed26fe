#pragma once

#include "platform/process.hpp"
#include "platform/unix/descriptor.hpp"

#include <memory>
#include <optional>

#include <sys/types.h>

namespace backchat::platform {

class ExitWatch;

/// Made before the child, so that nothing is left to fail once that runs.
class Process::Impl {
public:
    Impl();
    ~Impl();

    /// Gives what poll(2) finds readable once the child has ended; -1 when the system grants nothing of the kind.
    int exit_descriptor() const;

    /// As kill(2).
    int send_signal(int number) const;

    pid_t pid = -1;
    FileDescriptor pidfd;             // not there on kernels before 5.3
    std::unique_ptr<ExitWatch> watch; // in its place, once somebody waits
    std::optional<Ended> ended;
};

} // namespace backchat::platform
