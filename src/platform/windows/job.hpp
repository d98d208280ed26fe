#pragma once

#include "platform/windows/handle.hpp"

#include <backchat/result.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

namespace backchat::platform {

/// The job that a child is born in, and its descendants with it: the system keeps the account of who belongs to it.
///
/// Threads: any member from any thread.
class Job {
public:
    /// Whether the tree dies when this process ends without having ended it, however that came about.
    enum class WhenWeDie { tree_dies, tree_lives };
    /// The exit code of who is terminated by us: what a shell says of a process ended by signal 9.
    static constexpr UINT killed_code = 128 + 9;

    /// On error: throws std::system_error.
    explicit Job(WhenWeDie fate);
    /// Lets the tree live on, whatever was said at the start: its end is decided before, by name.
    ~Job();
    Job(const Job &) = delete;
    Job &operator=(const Job &) = delete;

    HANDLE get() const { return job_.get(); }
    /// Ends all of it at once. Gives whether the system has agreed.
    bool terminate() noexcept;
    bool terminated() const { return terminated_; }
    /// The numbers of the living. On error: throws std::system_error.
    std::vector<DWORD> pids() const;
    bool has(HANDLE process) const;

private:
    bool set_limits(DWORD flags) noexcept;

    Handle job_;
    std::atomic<bool> terminated_{false};
};

} // namespace backchat::platform
