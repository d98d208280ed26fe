#include "cli/command.hpp"

namespace {

using namespace cli_tests;

/// What the command says and answers when it is used wrongly.
void expect_complaint(const Arguments &arguments, const Arguments &said) {
    const Completed done = command_ended(arguments);
    EXPECT_EQ(code_of(done), 125);
    EXPECT_EQ(done.out, "");
    EXPECT_THAT(done.err, testing::StartsWith("backchat: "));
    for (const std::string &part : said) EXPECT_THAT(done.err, HasSubstr(part));
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
}

TEST(Usage, help_has_examples) {
    for (const Arguments &arguments : {Arguments{"--help"}, {"run", "--help"}, {"talk", "--help"}, {"run", "-h"}}) {
        const Completed done = command_ended(arguments);
        EXPECT_EQ(code_of(done), 0);
        EXPECT_THAT(done.out, HasSubstr("Usage: backchat"));
        EXPECT_THAT(done.out, HasSubstr("Examples:"));
        EXPECT_EQ(done.err, "");
    }
}

TEST(Usage, help_names_every_option) {
    const std::string run = command_ended({"run", "--help"}).out;
    for (const char *option : {"--timeout", "--grace", "--linger", "--cwd", "--env", "--clear-env", "--stdin", "--tag",
                               "--timestamps", "--json"})
        EXPECT_THAT(run, HasSubstr(option));
    const std::string talk = command_ended({"talk", "--help"}).out;
    for (const char *option : {"--script", "--timeout", "--transcript", "expect-regex", "expect-exit", "quiet"})
        EXPECT_THAT(talk, HasSubstr(option));
}

TEST(Usage, version_is_that_of_the_library_and_tells_what_is_in_the_build) {
    EXPECT_THAT(command_ended({"--version"}).out,
                testing::AnyOf(std::string("backchat ") + version() + "\nregular expressions: RE2\n",
                               std::string("backchat ") + version() + "\nregular expressions: none\n"));
}

TEST(Usage, wrong_use_exits_with_125_and_says_what_helps) {
    expect_complaint({}, {"no command", "--help"});
    expect_complaint({"walk"}, {"'walk'", "run or talk"});
    expect_complaint({"--walk"}, {"option '--walk'"});
    expect_complaint({"run"}, {"no command", "--", "backchat run --help"});
    expect_complaint({"run", "--"}, {"no command"});
    expect_complaint({"run", "--"}, {"no command"});
    expect_complaint({"run", "--", ""}, {"name is empty"});
    expect_complaint({"run", "--timeot", "3", "--", "true"}, {"'--timeot'", "backchat run --help"});
    expect_complaint({"run", "--timeout", "--", "true"}, {"--timeout needs a value"});
    expect_complaint({"run", "--env", "HOME", "--", "true"}, {"--env 'HOME'", "NAME=VALUE"});
    expect_complaint({"run", "--env", "=x", "--", "true"}, {"--env '=x'", "NAME=VALUE"});
    expect_complaint({"run", "--cwd", "/no/such", "--", child("exit_with")},
                     {"--cwd '/no/such'", "name a directory that exists"});
    expect_complaint({"run", "--stdin", "/no/such", "--", child("exit_with")},
                     {"--stdin '/no/such'", "name a file that can be read", "null"});
    expect_complaint({"run", "--json", "/no/such/file", "--", "true"},
                     {"--json '/no/such/file'", "name a file that can be written"});
    expect_complaint({"talk"}, {"no command", "backchat talk --help"});
    expect_complaint({"talk", "--script", "/no/such", "--", "true"},
                     {"--script '/no/such'", "name a file that can be read"});
    expect_complaint({"talk", "--transcript", "/no/such/file", "--", "true"}, {"--transcript '/no/such/file'"});
}

TEST(Usage, wrong_durations_are_told_apart) {
    const auto expect = [](const std::string &value, const char *reason) {
        for (const char *flag : {"--timeout", "--grace", "--linger"})
            expect_complaint({"run", flag, value, "--", "true"}, {std::string(flag) + " '" + value + "'", reason});
    };
    const char *cure = "write a number with ms, s, m or h";
    expect("-1", "negative");
    expect("-1s", "negative");
    expect("", "empty");
    expect("s", cure);
    expect("inf", cure);
    expect("nan", cure);
    expect("+1", cure);
    expect(" 1", cure);
    expect("5x", "unknown unit 'x'");
    expect("5 s", "unknown unit ' s'");
    expect("1e3", "unknown unit 'e3'");
    expect("1.2.3", "unknown unit '.3'");
    expect("2m30s", "unknown unit 'm30s'");
    expect("3000000h", "292 years");
    expect(std::string(400, '9'), "");
    expect_complaint({"run", "--timeout", "0", "--", "true"}, {"--timeout '0'", "more than zero"});
    expect_complaint({"run", "--timeout", "0ms", "--", "true"}, {"--timeout '0ms'", "more than zero"});
}

TEST(Usage, durations_may_have_units_and_fractions) {
    for (const char *value : {"20000ms", "20", "20s", "20.5", "1m", "0.5m", "1h", ".5h", "1000000h"})
        EXPECT_EQ(code_of(command_ended({"run", "--timeout", value, "--", child("exit_with"), "0"})), 0) << value;
    for (const char *value : {"0", "0s", "0.1ms", "forever"})
        EXPECT_EQ(code_of(command_ended({"run", "--linger", value, "--grace", "0", "--", child("exit_with"), "0"})), 0);
}

TEST(Usage, last_one_of_a_repeated_option_counts) {
    EXPECT_EQ(code_of(command_ended({"run", "--timeout", "1ms", "--timeout", "1h", "--", child("exit_with"), "3"})), 3);
}

TEST(Usage, command_may_stand_without_a_separator) {
    EXPECT_EQ(command_ended({"run", "--stdin", "null", child("print_args"), "--timeout", "-x", "--", "--tag"}).out,
              output_of({child("print_args"), "--timeout", "-x", "--", "--tag"}));
}

TEST(Usage, arguments_of_the_command_are_left_as_they_are) {
    // The bytes at the end are what a lone surrogate becomes, as Windows allows it in an argument.
    const Arguments odd = {child("print_args"), "",   "[a,b]", "--",    "--help",   "-h", "run",         "a b",
                           "\xc3\xbc",          "{}", "%s",    "$HOME", "a\\\"b\\", "*",  "\xed\xa0\x80"};
    EXPECT_EQ(ended(run_with({}, odd)).out, output_of(odd));
    const Completed done = ended(run_with({}, {"run"}), {.spawn = {.environment = Environment().set("PATH", "/no")}});
    EXPECT_EQ(code_of(done), 127) << "a program with the name of a subcommand of ours";
}

TEST(Usage, program_that_is_not_there_is_127) {
    const Completed by_name = command_ended({"run", "--", "no_such_program"});
    EXPECT_EQ(code_of(by_name), 127);
    EXPECT_THAT(by_name.err, testing::AllOf(HasSubstr("'no_such_program'"), HasSubstr("PATH")));
    EXPECT_EQ(code_of(command_ended({"run", "--", "/no/such/program"})), 127);
    EXPECT_EQ(code_of(command_ended({"talk", "--", "/no/such/program"})), 127);
}

TEST(Usage, program_that_cannot_be_executed_is_126) {
    const TemporaryDirectory folder;
    const std::string no_format = folder.write(std::string("garbage") + BACKCHAT_PROGRAM_SUFFIX, "\x01\x02\x03", 0755);
    for (const std::string &program : {no_format, folder.path()}) {
        const Completed done = command_ended({"run", "--", program});
        EXPECT_EQ(code_of(done), 126) << done.err;
        EXPECT_THAT(done.err, HasSubstr(program));
    }
}

} // namespace
