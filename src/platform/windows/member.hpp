#pragma once

#include "platform/windows/completion_port.hpp"
#include "platform/windows/exit_watch.hpp"
#include "platform/windows/handle.hpp"

#include <backchat/result.hpp>

#include <memory>

namespace backchat::platform {

/// One process of a tree. Its number stays its own as long as this object has it open.
class Member {
public:
    Member(DWORD pid, Handle process);

    DWORD pid() const { return pid_; }
    HANDLE process() const { return process_.get(); }
    const ProcessInfo &info() const { return info_; }
    bool dead() const;
    bool signalled() const { return signalled_; }
    void set_signalled() { signalled_ = true; }

    /// Has `port` told of its end. Where that is not to be had, whoever waits looks by hand.
    void prepare_wait(const std::shared_ptr<CompletionPort> &port) noexcept;
    bool watched() const { return watch_ != nullptr; }

private:
    DWORD pid_;
    Handle process_;
    ProcessInfo info_;
    std::unique_ptr<ExitWatch> watch_;
    bool signalled_ = false;
};

/// Gives the path of a process's program; empty when it cannot be read.
std::string program_of(HANDLE process);

} // namespace backchat::platform
