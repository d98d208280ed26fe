#pragma once

#include "script.hpp"
#include "stream_text.hpp"
#include "talk_session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace backchat::cli {

/// Why a step was not fulfilled.
struct StepFailure {
    Step step;
    std::string reason;   // "timeout after 2s", "exit: exited(1)" …
    std::string last_out; // the end of what the child said, for people: control characters are escaped
    std::string last_err;
};

/// Plays a script's steps, one after the other, against a child.
/// Threads: one at a time.
class ScriptPlayer {
public:
    /// `timeout` bounds each step until one of them sets another.
    ScriptPlayer(TalkSession &session, std::chrono::nanoseconds timeout) : session_(session), timeout_(timeout) {}

    /// Gives the first step that fails; the steps behind it are not played.
    std::optional<StepFailure> play(const std::vector<Step> &steps);

private:
    /// Nothing when a step was fulfilled, else why not.
    using Failure = std::optional<std::string>;

    Failure perform(const Step &step);
    Failure send(std::string_view text);
    template <class Wanted>
    Failure expect(Stream stream, const Wanted &wanted);
    Failure be_quiet(std::chrono::nanoseconds duration);
    Failure expect_exit(int code);
    Failure receive_before_deadline();
    Reason receive(Clock::time_point until);
    std::string reason_of_end(Stream stream);
    std::string reason_of_broken_input();
    Failure reason_of_exit();
    std::string reason_of_timeout() const;
    bool ended(Stream stream) const { return stream == Stream::err ? err_ended_ : out_ended_; }
    StreamText &text(Stream stream) { return stream == Stream::err ? err_ : out_; }

    TalkSession &session_;
    std::chrono::nanoseconds timeout_;
    Clock::time_point deadline_{}; // of the step that is being played
    StreamText out_;
    StreamText err_;
    bool out_ended_ = false; // nothing more comes
    bool err_ended_ = false;
};

/// Gives the complaint about a failed step of the script `name`, in several lines.
std::string describe(const StepFailure &failure, std::string_view name);

} // namespace backchat::cli
