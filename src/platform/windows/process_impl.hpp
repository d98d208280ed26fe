#pragma once

#include "platform/process.hpp"
#include "platform/windows/completion_port.hpp"
#include "platform/windows/exit_watch.hpp"
#include "platform/windows/handle.hpp"
#include "platform/windows/job.hpp"

#include <atomic>
#include <memory>
#include <optional>

namespace backchat::platform {

class Process::Impl {
public:
    /// Whether a Ctrl-Break can be sent to the child alone: it leads a group, and shares our console.
    enum class Group { own, ours };

    bool has_ended() const;
    /// Sends signal 2 or 15, by what Windows has for it. Gives false when there is no way to.
    bool ask_to_end(int number);
    /// Ends the process. Gives whether the system has agreed.
    bool kill() noexcept;

    Pid pid = 0;
    Handle process;
    std::shared_ptr<Job> job;
    std::shared_ptr<CompletionPort> port;
    Group group = Group::ours;

    std::atomic<bool> killed{false};  // terminated by us
    std::atomic<int> asked{0};        // the last signal by which it was asked to end
    std::unique_ptr<ExitWatch> watch; // behind `process`, to be gone before it
    std::optional<Ended> ended;
};

} // namespace backchat::platform
