#include "run_command.hpp"

#include "cli/platform/process.hpp"
#include "cli/platform/signal_catcher.hpp"
#include "cli/platform/standard_streams.hpp"
#include "cli/platform/wording.hpp"
#include "complaint.hpp"
#include "exit_code.hpp"
#include "relay.hpp"
#include "report.hpp"
#include "result_file.hpp"

#include <fmt/format.h>

namespace backchat::cli {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds default_grace = 2s;
constexpr std::size_t pipe_capacity = std::size_t{1} << 20;
constexpr int total_per_idle = 10; // Linger::total for --linger, as the library's defaults have it

constexpr const char *footer =
    R"(DURATION is a number with ms, s, m or h: 500ms, 2s, 1.5m. Without a unit it means seconds.

Exit code: the command's; 128+N when signal N ended it; 124 on timeout; 125 when backchat
itself failed; 126 when the command cannot be executed; 127 when it is not found.

Examples:
  Give a build half a minute, and stop all that it started when it takes longer:
    backchat run --timeout 30 -- make test
  See which stream each line came from, and when:
    backchat run --tag --timestamps -- ./server --verbose
  Learn why a command ended, and who still holds its output:
    backchat run --json report.json -- ./start-daemon
  Run with nothing but what is named in the environment:
    backchat run --clear-env )";

struct RunArguments {
    std::optional<std::chrono::nanoseconds> timeout;
    std::optional<std::chrono::nanoseconds> grace;
    std::optional<Linger> linger;
    std::optional<std::string> cwd;
    std::vector<std::string> variables;
    bool clear_environment = false;
    std::optional<std::string> input;
    Marks marks;
    std::optional<std::string> json;
    Arguments command;
};

Linger parse_linger(const std::string &text) {
    constexpr auto forever = std::chrono::nanoseconds::max();
    if (text == "forever") return {forever, forever};
    const auto idle = duration_value("--linger", text, Zero::allowed);
    return {idle, idle > forever / total_per_idle ? forever : idle * total_per_idle};
}

/// Gives nothing when help was asked for.
std::optional<RunArguments> parse(const Arguments &arguments) {
    RunArguments run;
    CLI::App app("Runs a command, passes its output on as it comes, and ends when it does.", "backchat run");
    set_up(app, "backchat run [OPTION...] -- COMMAND [ARGUMENT...]",
           fmt::format("{}{}\n", footer, example_for_clear_env()));
    add_duration(app, "--timeout", run.timeout, Zero::refused,
                 "Stop the command, and all that it started, after this time");
    add_duration(app, "--grace", run.grace, Zero::allowed,
                 "Time for that, from the polite request to the end of the kill (default 2s)");
    app.add_option_function<std::string>(
           "--linger", [&run](const std::string &text) { run.linger = parse_linger(text); },
           "When others keep its outputs open after its end, listen until they are\n"
           "silent for this long, and at most ten times as long (default 200ms);\n"
           "'forever' waits for the end of the outputs")
        ->type_name("DURATION")
        ->take_last();
    add_text(app, "--cwd", run.cwd, "DIR", "Run in this directory; a relative path of the command counts from it");
    app.add_option("--env", run.variables, "Set a variable in the command's environment; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    app.add_flag("--clear-env", run.clear_environment, "Start from an empty environment");
    add_text(app, "--stdin", run.input, "FILE", "What the command reads: a file, - for ours (default), or null");
    app.add_flag("--tag", run.marks.tag, "Mark each line with the stream that it came from");
    app.add_flag("--timestamps", run.marks.time, "Mark each line with the seconds since the start");
    add_text(app, "--json", run.json, "FILE", "Write a report on how it ended; - for stdout");
    auto command = parse_command_line(app, arguments);
    if (!command) return std::nullopt;
    run.command = std::move(*command);
    return run;
}

Environment environment(const RunArguments &run) {
    Environment result = run.clear_environment ? Environment::clear() : Environment();
    for (const std::string &variable : run.variables) {
        const std::size_t equals = variable.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError(
                fmt::format("--env {}: there is no name with '=' after it; write NAME=VALUE", in_quotes(variable)));
        result.set(variable.substr(0, equals), variable.substr(equals + 1));
    }
    return result;
}

Redirect input(const RunArguments &run) {
    if (!run.input || *run.input == "-") return Redirect::inherit();
    if (*run.input == "null") return Redirect::discard();
    return Redirect::read_file(*run.input);
}

/// The child gets the terminal itself, unless we have to see the bytes.
Redirect output(const RunArguments &run, Stream stream) {
    const bool needs_bytes = run.marks.tag || run.marks.time || run.json;
    return is_terminal(stream) && !needs_bytes ? Redirect::inherit() : Redirect::pipe();
}

Options options(const RunArguments &run) {
    Options result;
    result.in = input(run);
    result.out = output(run, Stream::out);
    result.err = output(run, Stream::err);
    // Through two pipes, the order in which the child wrote to the two would be lost.
    const bool must_be_told_apart = run.marks.tag || run.json;
    if (result.out.kind() == Redirect::Kind::pipe && outputs_are_one_file() && !must_be_told_apart)
        result.err = Redirect::merge_stdout();
    result.cwd = run.cwd;
    result.environment = environment(run);
    result.process_group = group_of_child(run.timeout ? Stop::foreseen : Stop::not_foreseen);
    result.signals = Signals::inherit;
    result.close_descriptors = false; // what a shell opened for the command is the command's: diff <(a) <(b)
    result.orphans = Orphans::adopt;
    result.pipe_capacity = pipe_capacity;
    // A stream that nobody takes from shall slow the child down, not fill our memory.
    result.buffer_limit = pipe_capacity;
    if (run.linger) result.linger = *run.linger;
    return result;
}

/// Gives false, and complains, when the report could not be written.
bool write_report(const ResultFile &file, std::string text, const Deadline &until) {
    OutputWriter writer(std::make_shared<Wakeup>());
    writer.push(file.handle(), std::move(text));
    if (!writer.finish(until)) {
        complain("--json: nobody reads the report; it was not written in time");
        return false;
    }
    const std::error_code error = writer.error(file.handle());
    if (error) complain(fmt::format("--json: cannot write the report: {}", describe(error)));
    return !error;
}

/// Complains about an output of ours that broke for another reason than that its reader has had enough.
bool outlets_failed(const Outlets &outlets) {
    bool failed = false;
    for (const Stream stream : {Stream::out, Stream::err}) {
        const std::error_code error = outlets.error(stream);
        if (!error || error == std::errc::broken_pipe) continue;
        complain(fmt::format("cannot write to our {}: {}", to_string(stream), describe(error)));
        failed = true;
    }
    return failed;
}

/// Says what the exit code cannot.
void complain_about(const Outcome &outcome) {
    if (outcome.status && outcome.status->is_unknown())
        complain("cannot tell how the command ended: its exit status was taken by somebody else");
    if (!outcome.tree) return;
    for (const ProcessInfo &process : outcome.tree->survived)
        complain(fmt::format("process {} was killed, and has not ended yet: {}", process.pid, process.command));
}

int exit_code_of(const Outcome &outcome, int ended_by) {
    if (ended_by != 0 && (outcome.reason == Reason::cancelled || !outcome.delivered)) return 128 + ended_by;
    if (outcome.reason == Reason::timeout || !outcome.delivered) return exit_timed_out;
    return outcome.status ? exit_code(*outcome.status) : exit_failed;
}

class Run {
public:
    explicit Run(const RunArguments &run) : run_(run) {
        if (run.json) report_.emplace("--json", *run.json);
    }

    int execute() {
        try {
            const Options how = options(run_);
            Popen child(run_.command, how);
            return attend(child, how.process_group);
        } catch (const SpawnError &error) {
            const std::string message = describe(error, run_.cwd.value_or(""), run_.input.value_or(""));
            complain(message);
            if (report_) write_report(*report_, report(run_.command, error, message), forever);
            return exit_code(error);
        }
    }

private:
    int attend(Popen &child, const ProcessGroup &group) {
        const Limits limits{start_, run_.timeout, run_.grace.value_or(default_grace)};
        SignalForwarder signals(catcher_, child, group, wakeup_);
        Outlets outlets(wakeup_);
        const Outcome outcome = Relay(child, outlets, signals, wakeup_, limits, run_.marks).run();
        const int code = exit_code_of(outcome, signals.ended_by());
        complain_about(outcome);
        bool failed = outlets_failed(outlets);
        if (report_ && !write_report(*report_, report(run_.command, child.pid(), outcome), until_for(outcome)))
            failed = true;
        return code == 0 && failed ? exit_failed : code;
    }

    /// After a timeout there is no time left to wait for a reader.
    Deadline until_for(const Outcome &outcome) const {
        return run_.timeout && (outcome.reason != Reason::exited || !outcome.delivered) ? Deadline(100ms)
                                                                                        : Deadline(forever);
    }

    const RunArguments &run_;
    std::optional<ResultFile> report_;
    SignalCatcher catcher_; // before the child, whose descendants a signal may be meant for
    std::shared_ptr<Wakeup> wakeup_ = std::make_shared<Wakeup>();
    Clock::time_point start_ = Clock::now();
};

} // namespace

int run_command(const Arguments &arguments) {
    const auto run = parse(arguments);
    return run ? Run(*run).execute() : 0;
}

} // namespace backchat::cli
