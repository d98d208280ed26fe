#include "script_player.hpp"

#include "cli/platform/wording.hpp"
#include "duration.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace backchat::cli {

namespace {

/// After the end of a stream, a child that is about to end gets this long, so that we can tell how it ended.
constexpr std::chrono::milliseconds exit_follows_end_of_stream(200);

std::string printable(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        if (code == '\n' || code == '\t' || (code >= 0x20 && code != 0x7f)) text += byte;
        else text += fmt::format("\\x{:02x}", code);
    }
    return text;
}

void append_tail(std::string &message, std::string_view stream, std::string_view tail) {
    if (tail.empty()) {
        message += fmt::format("\n  last {}: nothing", stream);
        return;
    }
    message += fmt::format("\n  last {}:", stream);
    if (tail.back() == '\n') tail.remove_suffix(1);
    while (!tail.empty()) {
        const std::size_t length = std::min(tail.find('\n'), tail.size());
        message += fmt::format("\n    | {}", tail.substr(0, length));
        tail.remove_prefix(std::min(length + 1, tail.size()));
    }
}

} // namespace

std::optional<StepFailure> ScriptPlayer::play(const std::vector<Step> &steps) {
    for (const Step &step : steps) {
        deadline_ = Deadline::after(timeout_);
        if (const Failure reason = perform(step))
            return StepFailure{step, *reason, printable(out_.tail()), printable(err_.tail())};
    }
    return std::nullopt;
}

ScriptPlayer::Failure ScriptPlayer::perform(const Step &step) {
    switch (step.verb) {
    case Verb::send: return send(step.text);
    case Verb::expect: return expect(Stream::out, step.text);
    case Verb::expect_regex: return expect(Stream::out, *step.regex);
    case Verb::expect_err: return expect(Stream::err, step.text);
    case Verb::quiet: return be_quiet(step.duration);
    case Verb::timeout: timeout_ = step.duration; break;
    case Verb::close: session_.close_input(); break;
    case Verb::expect_exit: return expect_exit(step.code);
    }
    return std::nullopt;
}

ScriptPlayer::Failure ScriptPlayer::send(std::string_view rest) {
    const std::size_t size = rest.size();
    session_.announce(rest);
    for (;;) {
        const Transferred sent = session_.send(rest, deadline_);
        rest.remove_prefix(sent.bytes);
        switch (sent.reason) {
        case Reason::data: return std::nullopt;
        case Reason::limit: receive(Clock::now()); break; // the child talks, and goes on reading when we listen
        case Reason::timeout:
            return fmt::format("{}: the child has taken {} of {} bytes", reason_of_timeout(), size - rest.size(), size);
        case Reason::failed: return fmt::format("cannot write to the child's stdin: {}", describe(sent.error));
        default: return reason_of_broken_input();
        }
    }
}

template <class Wanted>
ScriptPlayer::Failure ScriptPlayer::expect(Stream stream, const Wanted &wanted) {
    while (!text(stream).take_through(wanted)) {
        if (ended(stream)) return reason_of_end(stream);
        if (const Failure failure = receive_before_deadline()) return failure;
    }
    return std::nullopt;
}

ScriptPlayer::Failure ScriptPlayer::be_quiet(std::chrono::nanoseconds duration) {
    Clock::time_point quiet_at = Deadline::after(duration);
    while (!(ended(Stream::out) && ended(Stream::err))) {
        switch (receive(std::min(quiet_at, deadline_))) {
        case Reason::data: quiet_at = Deadline::after(duration); break;
        case Reason::timeout:
            if (Clock::now() >= quiet_at) return std::nullopt;
            return reason_of_timeout();
        default: break;
        }
        if (Clock::now() >= deadline_) return reason_of_timeout();
    }
    return std::nullopt; // nothing can come any more
}

ScriptPlayer::Failure ScriptPlayer::expect_exit(int code) {
    while (!(ended(Stream::out) && ended(Stream::err) && session_.child().poll())) {
        // Once both outputs have ended, this waits for the exit.
        if (const Failure failure = receive_before_deadline()) return failure;
    }
    const ExitStatus status = *session_.child().poll();
    if (status == ExitStatus::exited(code)) return std::nullopt;
    return fmt::format("exit: {}", to_string(status));
}

ScriptPlayer::Failure ScriptPlayer::receive_before_deadline() {
    // Asked for here, too: a child that never pauses has something for us whenever we look.
    if (receive(deadline_) == Reason::timeout || Clock::now() >= deadline_) return reason_of_timeout();
    return std::nullopt;
}

Reason ScriptPlayer::receive(Clock::time_point until) {
    const Output output = session_.receive(until);
    if (output.reason == Reason::data) text(output.stream).append(output.data);
    if (output.reason == Reason::end_of_file || output.reason == Reason::failed)
        (output.stream == Stream::err ? err_ended_ : out_ended_) = true;
    if (output.reason == Reason::exited) out_ended_ = err_ended_ = true;
    return output.reason;
}

std::string ScriptPlayer::reason_of_end(Stream stream) {
    return reason_of_exit().value_or(fmt::format("end of file on {}, while the child runs on", to_string(stream)));
}

std::string ScriptPlayer::reason_of_broken_input() {
    return reason_of_exit().value_or("nobody reads the child's stdin any more, while the child runs on");
}

/// A child whose streams have ended is most likely about to end.
ScriptPlayer::Failure ScriptPlayer::reason_of_exit() {
    const auto until = std::min(deadline_, Clock::now() + exit_follows_end_of_stream);
    const Waited waited = session_.child().wait(until);
    return waited ? Failure("exit: " + to_string(*waited.status)) : std::nullopt;
}

std::string ScriptPlayer::reason_of_timeout() const { return "timeout after " + format_duration(timeout_); }

std::string describe(const StepFailure &failure, std::string_view name) {
    std::string message = fmt::format("{}:{}: this step failed: {}\n  reason: {}", name, failure.step.line,
                                      failure.step.source, failure.reason);
    append_tail(message, "stdout", failure.last_out);
    append_tail(message, "stderr", failure.last_err);
    return message;
}

} // namespace backchat::cli
