/// Command lines as real programs split them, and batch files.
#include "integration/talk.hpp"
#include "support/temporary_directory.hpp"
#include "support/watchdog.hpp"

#include <random>

namespace {

using namespace integration;
using support::TemporaryDirectory;

std::string as_printed(const std::vector<std::string> &arguments) {
    std::string text;
    for (const auto &argument : arguments) text += std::to_string(argument.size()) + ':' + argument + '\n';
    return text;
}

/// An argument of the characters that mean something somewhere on the way.
std::string odd_argument(std::mt19937 &random) {
    static const std::string pieces[] = {
        "\"",     "\\", " ", "\t", "a", "b c", "\\\\", "\\\"", "*",        "?",
        "%PATH%", "^",  "&", "|",  "<", ">",   "'",    "!",    "\xc3\xa4", "\xf0\x9f\x98\x80",
        "\n"};
    std::string argument;
    for (auto left = random() % 8; left > 0; --left) argument += pieces[random() % std::size(pieces)];
    return argument;
}

TEST(Arguments, of_thousands_arrive_whatever_they_are) {
    support::allow_time(60s);
    std::mt19937 random(3145); // the same ones each time
    for (int round = 0; round < 40; ++round) {
        std::vector<std::string> argv = {child("print_args")};
        for (int i = 0; i < 100; ++i) argv.push_back(odd_argument(random));
        ASSERT_EQ(output_of(argv), as_printed(argv));
    }
}

TEST(Arguments, keep_half_of_a_surrogate_pair) {
    const std::vector<std::string> argv = {child("print_args"), "a\xed\xa0\x80z", "\xed\xbf\xbf"};
    EXPECT_EQ(output_of(argv), as_printed(argv));
}

TEST(Arguments, longer_than_a_command_line_are_refused_before_anything_runs) {
    EXPECT_EQ(output_of({child("print_args"), std::string(32000, 'x')}).size(),
              as_printed({child("print_args"), std::string(32000, 'x')}).size());
    expect_spawn_error(Stage::exec, std::errc::argument_list_too_long, {child("print_args"), std::string(32767, 'x')});
}

/// A batch file that prints its first three arguments, one a line.
std::string batch_file(const TemporaryDirectory &folder, const std::string &name) {
    return folder.write(name, "@echo off\r\n\"%PRINT_ARGS%\" %1 %2 %3\r\n");
}

std::string said_by_batch(const std::string &name, const std::vector<std::string> &arguments) {
    const TemporaryDirectory folder;
    std::vector<std::string> argv = {batch_file(folder, name)};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto lines =
        support::split(output_of(argv, {.environment = Environment().set("PRINT_ARGS", child("print_args"))}));
    std::string said; // without the name of the program
    for (std::size_t i = 1; i < lines.size(); ++i) said += lines[i] + '\n';
    return said;
}

TEST(BatchFiles, are_given_what_can_be_given_safely) {
    for (const char *name : {"script.bat", "script.cmd", "with a blank.bat"}) {
        EXPECT_EQ(said_by_batch(name, {"one", "two words", "three"}), as_printed({"one", "two words", "three"}))
            << name;
    }
}

TEST(BatchFiles, are_refused_what_their_interpreter_would_change) {
    const TemporaryDirectory folder;
    const auto script = batch_file(folder, "script.bat");
    for (const char *argument : {"\"", "a\"b", "%PATH%", "line\nend", "return\rend"}) {
        const SpawnError error = spawn_error_of({script, argument});
        EXPECT_EQ(error.stage(), Stage::arguments) << argument;
        EXPECT_EQ(error.code(), std::errc::invalid_argument) << argument;
    }
}

TEST(BatchFiles, are_known_whatever_stands_behind_their_names) {
    const TemporaryDirectory folder;
    const auto script = batch_file(folder, "script.bat");
    for (const char *end : {".", " ", ". .", "..."}) {
        // Windows drops them from a name: a batch file must not come in by this door.
        EXPECT_THROW(Popen({script + end, "%PATH%"}), SpawnError) << '\'' << end << '\'';
    }
}

TEST(Arguments, go_through_the_systems_shell_when_asked) {
    EXPECT_EQ(collect(shell("exit 3")).status, ExitStatus::exited(3));
    EXPECT_THAT(output_of(shell("echo text")), testing::StartsWith("text"));
}

} // namespace
