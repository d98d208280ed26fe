#include "main_command.hpp"

#include "complaint.hpp"
#include "descriptor.hpp"
#include "exit_code.hpp"
#include "run_command.hpp"
#include "talk_command.hpp"

#include <backchat/version.hpp>

#include <fmt/format.h>

#include <csignal>
#include <exception>

#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr const char *footer = R"(Examples:
  backchat run --timeout 30 -- make test
  backchat talk --script session.talk -- bc -q
  backchat run --help
)";

constexpr const char *run_description = "Run a command with a time limit for all that it starts";
constexpr const char *talk_description = "Talk to a program, by hand or by a script";

/// A parent that ignores SIGCHLD leaves that to us, and the system would keep the child's status from us.
void receive_child_status() { std::signal(SIGCHLD, SIG_DFL); }

int print(const std::string &text) {
    const std::error_code error = write_all(STDOUT_FILENO, text);
    if (error) complain(fmt::format("cannot write to stdout: {}", error.message()));
    return error ? exit_failed : 0;
}

int general_command(const Arguments &arguments) {
    CLI::App app("Talks to child processes without ever hanging on them.", "backchat");
    set_up(app, "backchat COMMAND [OPTION...]", footer);
    app.add_subcommand("run", run_description);
    app.add_subcommand("talk", talk_description);
    bool version_wanted = false;
    app.add_flag("--version", version_wanted, "Print the version");
    Arguments options(arguments.rbegin(), arguments.rend());
    try {
        app.parse(options);
    } catch (const CLI::CallForHelp &) {
        return print(app.help());
    } catch (const CLI::ParseError &error) {
        throw UsageError(fmt::format("{}; see 'backchat --help'", error.what()));
    }
    if (version_wanted) return print(fmt::format("backchat {}\n", version()));
    if (app.remaining().empty()) throw UsageError("no command is given; write run or talk, or see 'backchat --help'");
    const std::string unknown = app.remaining().front();
    throw UsageError(fmt::format("unknown {} {}; write run or talk, or see 'backchat --help'",
                                 unknown.starts_with('-') ? "option" : "command", in_quotes(unknown)));
}

int dispatch(const Arguments &arguments) {
    const std::string name = arguments.empty() ? "" : arguments.front();
    if (name == "run") return run_command({arguments.begin() + 1, arguments.end()});
    if (name == "talk") return talk_command({arguments.begin() + 1, arguments.end()});
    return general_command(arguments);
}

} // namespace

int main_command(const Arguments &arguments) noexcept {
    try {
        reserve_standard_descriptors();
        receive_child_status();
        return dispatch(arguments);
    } catch (const std::exception &error) {
        complain(error.what());
        return exit_failed;
    }
}

} // namespace backchat::cli
