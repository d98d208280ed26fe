#pragma once

#include "cli/platform/standard_input.hpp"
#include "talk_session.hpp"
#include "wakeup.hpp"

#include <atomic>
#include <stop_token>
#include <string_view>
#include <thread>

namespace backchat::cli {

/// Sends what comes on our stdin to the child, in a thread of its own, and closes the child's stdin at its end.
class TypedInput {
public:
    /// `session` must outlive it; its wakeup is requested at the end of our stdin.
    explicit TypedInput(TalkSession &session);
    /// Stops reading and sending.
    ~TypedInput();
    TypedInput(const TypedInput &) = delete;
    TypedInput &operator=(const TypedInput &) = delete;

    bool ended() const { return ended_; }
    /// Says that output of the child's was taken, and that it may go on reading now.
    void on_output_taken() { output_taken_.request(); }

private:
    void work();
    bool send(std::string_view text);

    TalkSession &session_;
    StandardInput input_;
    std::stop_source stop_sending_;
    Wakeup output_taken_;
    std::atomic<bool> ended_{false};
    std::thread thread_; // last, so that it starts when the rest is there
};

} // namespace backchat::cli
