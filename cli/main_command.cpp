#include "main_command.hpp"

#include "cli/platform/process.hpp"
#include "complaint.hpp"
#include "exit_code.hpp"
#include "print.hpp"
#include "regular_expression.hpp"
#include "run_command.hpp"
#include "talk_command.hpp"

#include <backchat/version.hpp>

#include <fmt/format.h>

#include <exception>

namespace backchat::cli {

namespace {

constexpr const char *footer = R"(Examples:
  backchat run --timeout 30 -- make test
  backchat talk --script session.talk -- bc -q
  backchat run --help
)";

constexpr const char *run_description = "Run a command with a time limit for all that it starts";
constexpr const char *talk_description = "Talk to a program, by hand or by a script";

int general_command(const Arguments &arguments) {
    CLI::App app("Talks to child processes without ever hanging on them.", "backchat");
    set_up(app, "backchat COMMAND [OPTION...]", footer);
    app.add_subcommand("run", run_description);
    app.add_subcommand("talk", talk_description);
    bool version_wanted = false;
    app.add_flag("--version", version_wanted, "Print the version, and what this build can do");
    Arguments options(arguments.rbegin(), arguments.rend());
    try {
        app.parse(options);
    } catch (const CLI::CallForHelp &) {
        print(app.help());
        return 0;
    } catch (const CLI::ParseError &error) {
        throw UsageError(fmt::format("{}; see 'backchat --help'", error.what()));
    }
    if (version_wanted) {
        print(fmt::format("backchat {}\nregular expressions: {}\n", version(), RegularExpression::library()));
        return 0;
    }
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
        prepare_process();
        return dispatch(arguments);
    } catch (const std::exception &error) {
        complain(error.what());
        return exit_failed;
    }
}

} // namespace backchat::cli
