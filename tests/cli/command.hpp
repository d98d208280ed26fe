#pragma once

/// Runs the built command and looks at what comes of it.

#include "integration/talk.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

namespace cli_tests {

using namespace integration;
using support::TemporaryDirectory;
using Arguments = std::vector<std::string>;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using support::command;

/// As testing::ContainsRegex, whose own grammar is another one on every system.
MATCHER_P(HasMatchOf, pattern, "has a match of " + testing::PrintToString(pattern)) {
    return std::regex_search(arg, std::regex(pattern));
}

/// Gives the argv of the command with these arguments.
inline Arguments command_with(const Arguments &arguments) {
    Arguments argv = {command()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
}

/// Gives the argv of `backchat run OPTION… -- CHILD…`.
inline Arguments run_with(Arguments options, const Arguments &child) {
    options.insert(options.begin(), "run");
    options.push_back("--");
    options.insert(options.end(), child.begin(), child.end());
    return command_with(options);
}

/// Gives the argv of `backchat talk OPTION… -- CHILD…`.
inline Arguments talk_with(Arguments options, const Arguments &child) {
    options.insert(options.begin(), "talk");
    options.push_back("--");
    options.insert(options.end(), child.begin(), child.end());
    return command_with(options);
}

/// Runs to the end, within a bound that no working command comes near to.
inline Completed ended(Arguments argv, RunOptions options = {}) {
    if (!options.timeout) options.timeout = scaled(15s);
    Completed done = run(std::move(argv), options);
    EXPECT_EQ(done.reason, Reason::exited) << done.out << done.err;
    return done;
}

/// Runs `backchat ARGUMENT…` to its end.
inline Completed command_ended(const Arguments &arguments, RunOptions options = {}) {
    return ended(command_with(arguments), std::move(options));
}

/// Gives the exit code, or -1 and a failure when a signal ended the command.
inline int code_of(const Completed &done) {
    if (done.status && done.status->is_exited()) return done.status->code();
    ADD_FAILURE() << "the command did not exit: " << (done.status ? to_string(*done.status) : "it runs") << done.err;
    return -1;
}

/// Runs `backchat run --json FILE OPTION… -- CHILD…`, and gives the report beside what run() gives.
struct Reported {
    Completed done;
    Json json;
};

inline Reported report_of(Arguments options, const Arguments &child, RunOptions how = {}) {
    const TemporaryDirectory folder;
    options.insert(options.begin(), {"--json", folder.path("report.json")});
    Completed done = ended(run_with(std::move(options), child), std::move(how));
    const std::string text = folder.read("report.json");
    return {std::move(done), Json::parse(text)};
}

} // namespace cli_tests
