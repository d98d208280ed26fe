#pragma once

#include "platform/linux/descriptor.hpp"
#include "platform/process.hpp"

#include <memory>
#include <optional>

#include <sys/types.h>

namespace backchat::platform {

class ExitWatch;

class Process::Impl {
public:
    Impl(pid_t number, FileDescriptor handle);
    ~Impl();

    /// Gives what poll(2) finds readable once the child has ended; -1 when the system grants nothing of the kind.
    int exit_descriptor() const;

    const pid_t pid;
    FileDescriptor pidfd;             // not there on kernels before 5.3
    std::unique_ptr<ExitWatch> watch; // in its place, once somebody waits
    std::optional<Ended> ended;
};

} // namespace backchat::platform
