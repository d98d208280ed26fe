#pragma once

#include "wakeup.hpp"

#include <backchat/deadline.hpp>
#include <backchat/options.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <system_error>

namespace backchat::cli {

/// Writes to handles of ours in a thread of its own, so that a slow reader there never holds up the rest.
///
/// Bytes are written in the order of push(). After an error on a handle, what is meant for it is dropped.
/// The queue is bounded by its user: push() takes everything, and has_room() says when to stop pushing.
/// Does not own the handles.
/// Threads: every member from any thread.
class OutputWriter {
public:
    /// Wakes `wakeup` when there is room again after there was none, and when a handle fails.
    explicit OutputWriter(std::shared_ptr<Wakeup> wakeup);
    /// Leaves a write that is stuck to the end of the process; call finish() first.
    ~OutputWriter();
    OutputWriter(const OutputWriter &) = delete;
    OutputWriter &operator=(const OutputWriter &) = delete;

    /// False from when 1 MiB is queued until half of it is written.
    bool has_room() const;
    void push(NativeHandle handle, std::string bytes);
    /// Gives the error that ended the use of `handle`, if there was one.
    std::error_code error(NativeHandle handle) const;
    /// Waits until everything is written or dropped. False when the deadline passed or the token stopped before.
    bool finish(const Deadline &until);

private:
    struct State;
    static void work(const std::shared_ptr<State> &state);

    std::shared_ptr<State> state_; // shared with the thread, which may outlive us when its write is stuck
};

} // namespace backchat::cli
