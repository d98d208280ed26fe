#include "talk_command.hpp"

#include "cli/platform/file.hpp"
#include "cli/platform/handle_reader.hpp"
#include "cli/platform/process.hpp"
#include "cli/platform/signal_catcher.hpp"
#include "cli/platform/standard_streams.hpp"
#include "cli/platform/wording.hpp"
#include "complaint.hpp"
#include "duration.hpp"
#include "exit_code.hpp"
#include "outlets.hpp"
#include "result_file.hpp"
#include "screen.hpp"
#include "script.hpp"
#include "script_player.hpp"
#include "signal_forwarder.hpp"
#include "talk_session.hpp"
#include "transcript.hpp"
#include "typed_input.hpp"

#include <fmt/format.h>

#include <system_error>

namespace backchat::cli {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds default_step_timeout = 10s;
constexpr std::chrono::nanoseconds polite_grace = 2s;
constexpr std::chrono::nanoseconds late_grace = 1s;
constexpr std::chrono::nanoseconds last_write = 1s; // for a reader of ours, after the conversation
constexpr std::size_t unread_limit = std::size_t{1} << 20;

constexpr const char *footer =
    R"(Without --script, what you type is sent, and what the command writes is shown at once. The end of
your input ({}) closes its stdin, and backchat ends with it: the exit code is the command's, or
128+N when signal N ended it; 124 when it has not ended within --timeout after that.

A script has one step a line:
  send TEXT         send the text and a newline
  send-raw TEXT     send the text alone
  expect TEXT       wait until the text arrives on stdout; what came before it counts as seen, too
  expect-regex RE   the same for a regular expression (RE2); ^ and $ match at the ends of lines
  expect-err TEXT   the same on stderr
  quiet DURATION    wait until nothing has arrived for so long
  timeout DURATION  give each of the following steps so long
  close             close the command's stdin
  expect-exit N     wait for the command's end, with this exit code
  # ...             a comment
In TEXT, \n \t \r \\ and \xHH stand for bytes; blanks at the end of a line do not count, so write
\x20 there. After the last step the command is stopped: its stdin is closed, then it is terminated.
Exit code: 0 when all steps passed, 1 when one failed; 125 when backchat itself failed, or the script
is wrong; 126 when the command cannot be executed; 127 when it is not found.

Examples:
  Talk to a calculator:
    backchat talk -- bc -q
  Play a script, and write down who said what, and when:
    backchat talk --script session.talk --transcript session.txt -- python3 -iq
)";

struct TalkArguments {
    std::optional<std::string> script;
    std::optional<std::chrono::nanoseconds> timeout;
    std::optional<std::string> transcript;
    Arguments command;
};

/// Gives nothing when help was asked for.
std::optional<TalkArguments> parse(const Arguments &arguments) {
    TalkArguments talk;
    CLI::App app("Talks to a program, by hand or by a script.", "backchat talk");
    set_up(app, "backchat talk [OPTION...] -- COMMAND [ARGUMENT...]", fmt::format(footer, keys_for_end_of_input()));
    add_text(app, "--script", talk.script, "FILE", "Play the steps in this file; - for our stdin");
    add_duration(app, "--timeout", talk.timeout, Zero::refused,
                 "With a script, the time for each step (default 10s); without one, the time\n"
                 "for the command to end after your input has");
    add_text(app, "--transcript", talk.transcript, "FILE",
             "Write each line with its time and direction; - for stdout, in place of\n"
             "what the command writes there");
    auto command = parse_command_line(app, arguments);
    if (!command) return std::nullopt;
    talk.command = std::move(*command);
    return talk;
}

std::string read_script(const std::string &path) {
    std::error_code error;
    const UniqueHandle file = path == "-" ? UniqueHandle() : open_to_read(path, error);
    HandleReader reader(file ? file.get() : standard_handle(Stream::in));
    std::string text;
    while (!error) {
        const std::string bytes = reader.read(error);
        if (bytes.empty()) break;
        text += bytes;
    }
    if (error)
        throw UsageError(fmt::format("--script {}: {}; name a file that can be read, or - for stdin", in_quotes(path),
                                     describe(error)));
    return text;
}

Options options(const TalkArguments &talk) {
    Options result;
    result.process_group = group_of_child(talk.script || talk.timeout ? Stop::foreseen : Stop::not_foreseen);
    result.signals = Signals::inherit;
    result.close_descriptors = false; // what a shell opened for the command is the command's
    result.orphans = Orphans::adopt;
    result.buffer_limit = unread_limit;
    return result;
}

class Talk {
public:
    explicit Talk(const TalkArguments &talk) : talk_(talk) {
        if (talk.script)
            steps_ = parse_script(*talk.script, read_script(*talk.script), talk.timeout.value_or(default_step_timeout));
        if (talk.transcript) transcript_.emplace(ResultFile("--transcript", *talk.transcript), wakeup_, Clock::now());
    }

    int execute() {
        try {
            const Options how = options(talk_);
            Popen child(talk_.command, how);
            return attend(child, how.process_group);
        } catch (const SpawnError &error) {
            complain(describe(error));
            return exit_code(error);
        }
    }

private:
    int attend(Popen &child, const ProcessGroup &group) {
        SignalForwarder signals(catcher_, child, group, wakeup_);
        Outlets outlets(wakeup_);
        Screen screen(outlets, kind_of_input(), shown());
        TalkSession session(child, outlets, screen, transcript_ ? &*transcript_ : nullptr, signals, wakeup_);
        return talk_.script ? play(session) : converse(session);
    }

    Screen::Sent kind_of_input() const {
        return !talk_.script && is_terminal(Stream::in) ? Screen::Sent::typed : Screen::Sent::unechoed;
    }
    Screen::Shown shown() const {
        return transcript_ && transcript_->is_on_stdout() ? Screen::Shown::stderr_alone : Screen::Shown::everything;
    }

    int play(TalkSession &session) {
        const auto failure = ScriptPlayer(session, talk_.timeout.value_or(default_step_timeout)).play(steps_);
        const std::string prefix = failure ? fmt::format("step of line {} failed, ", failure->step.line) : "";
        stop(session, failure ? late_stop(late_grace) : polite_stop(polite_grace), prefix);
        if (failure) complain(describe(*failure, *talk_.script));
        return failure ? exit_step_failed : 0;
    }

    int converse(TalkSession &session) {
        TypedInput input(session);
        std::optional<Clock::time_point> until; // once our stdin has ended
        for (;;) {
            if (input.ended() && !until)
                until = talk_.timeout ? Deadline::after(*talk_.timeout) : Clock::time_point::max();
            const Output output = session.receive(until.value_or(Clock::time_point::max()));
            input.on_output_taken();
            if (output.reason == Reason::exited || output.reason == Reason::closed) break;
            if (output.reason == Reason::timeout || (until && Clock::now() >= *until)) {
                stop(session, late_stop(late_grace), "timeout, ");
                return exit_timed_out;
            }
        }
        const bool delivered = end(session, "");
        if (!delivered && session.ended_by() != 0) return 128 + session.ended_by();
        const auto status = session.child().poll();
        return status ? exit_code(*status) : exit_failed;
    }

    void stop(TalkSession &session, const StopSequence &sequence, const std::string &what_happened) {
        session.child().stop(sequence);
        session.receive_rest();
        end(session, what_happened);
    }

    bool end(TalkSession &session, const std::string &what_happened) {
        const auto status = session.child().poll();
        if (transcript_) transcript_->note_end(what_happened + (status ? to_string(*status) : "still running"));
        return session.finish(talk_.script || talk_.timeout ? Deadline::after(last_write) : Clock::time_point::max());
    }

    const TalkArguments &talk_;
    std::vector<Step> steps_;
    SignalCatcher catcher_; // before the child, whose descendants a signal may be meant for
    std::shared_ptr<Wakeup> wakeup_ = std::make_shared<Wakeup>();
    std::optional<Transcript> transcript_;
};

} // namespace

int talk_command(const Arguments &arguments) {
    const auto talk = parse(arguments);
    return talk ? Talk(*talk).execute() : 0;
}

} // namespace backchat::cli
