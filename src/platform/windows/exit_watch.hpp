#pragma once

#include "platform/windows/completion_port.hpp"

#include <memory>

#include <windows.h>

namespace backchat::platform {

/// Has a completion port told of a process's end, by a thread of the system's pool that waits for many at once.
class ExitWatch {
public:
    /// Requires: `process` stays open as long as this object lives.
    /// On error: throws std::system_error.
    ExitWatch(HANDLE process, std::shared_ptr<CompletionPort> port);
    ~ExitWatch();
    ExitWatch(const ExitWatch &) = delete;
    ExitWatch &operator=(const ExitWatch &) = delete;

private:
    static void CALLBACK on_exit(void *watch, BOOLEAN timed_out);

    std::shared_ptr<CompletionPort> port_;
    HANDLE wait_ = nullptr;
};

} // namespace backchat::platform
