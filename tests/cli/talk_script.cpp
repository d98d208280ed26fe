#include "cli/command.hpp"
#include "integration/big_data.hpp"
#include "support/native_handle.hpp"
#include "support/process_table.hpp"

namespace {

using namespace cli_tests;

/// Plays `script` against `child`.
Completed play(const std::string &script, const Arguments &child, Arguments options = {}) {
    const TemporaryDirectory folder;
    options.insert(options.end(), {"--script", folder.write("test.talk", script)});
    return ended(talk_with(std::move(options), child));
}

void expect_pass(const std::string &script, const Arguments &child) {
    const Completed done = play(script, child);
    EXPECT_EQ(code_of(done), 0) << script << done.err;
}

/// A script whose last step fails: expects its line, the step and the reason to be named.
void expect_failure(const std::string &script, const Arguments &child, const Arguments &said) {
    const Completed done = play("timeout 200ms\n" + script, child);
    EXPECT_EQ(code_of(done), 1) << script;
    const auto lines = support::split(script);
    EXPECT_THAT(done.err, HasSubstr("test.talk:" + std::to_string(lines.size() + 1) +
                                    ": this step failed: " + lines.back() + "\n"));
    for (const std::string &part : said) EXPECT_THAT(done.err, HasSubstr(part)) << script;
}

/// A script that cannot be played: expects the place to be named, and that nothing was spawned.
void expect_script_error(const std::string &script, const std::string &place, const std::string &said) {
    const TemporaryDirectory folder;
    const std::string file = folder.write("test.talk", script);
    const Completed done = ended(talk_with({"--script", file}, {child("copies_descriptor"), "0", "1"}));
    EXPECT_EQ(code_of(done), 125);
    EXPECT_THAT(done.err, testing::StartsWith("backchat: " + file + place)) << script;
    EXPECT_THAT(done.err, HasSubstr(said)) << script;
    EXPECT_EQ(done.out, "");
}

TEST(TalkScript, sends_and_expects) {
    expect_pass("expect hello\\n\n"
                "send abc\n"
                "expect 3\\n\n"
                "send err this goes to stderr\n"
                "expect-err this goes to stderr\\n\n"
                "send exit 7\n"
                "expect-exit 7\n",
                {child("answers_lines")});
}

TEST(TalkScript, has_comments_empty_lines_blanks_in_front_and_line_ends_of_any_kind) {
    expect_pass("# a comment\n\n   \n  # another\r\n  send  # no comment\r\n\tclose\r\nexpect \\x20# no "
                "comment\\n\nexpect-exit 0",
                {child("echo_back")});
}

TEST(TalkScript, text_has_escapes) {
    Completed done = play(
        "send-raw a\\tb\\\\n\\x00\\xfF\\x20\\r\\n\nsend-raw  two blanks  \nexpect \\x00\\xff\\x20\\r\\n two blanks\n",
        {child("echo_back")});
    EXPECT_EQ(code_of(done), 0) << done.err;
    EXPECT_EQ(done.out, std::string("a\tb\\n\0\xff \r\n two blanks", 21));
}

TEST(TalkScript, send_without_text_sends_an_empty_line) {
    EXPECT_EQ(play("send\nexpect \\n\n", {child("echo_back")}).out, "\n");
}

TEST(TalkScript, expect_takes_up_to_the_end_of_the_match) {
    expect_pass("send one two three\nexpect one\nexpect three\nexpect \\n\n", {child("echo_back")});
    expect_failure("send one two three\nexpect three\nexpect one", {child("echo_back")}, {"timeout after 200ms"});
}

TEST(TalkScript, expect_finds_what_arrives_in_pieces) {
    expect_pass("send-raw aab\nquiet 20ms\nsend-raw aaba\nquiet 20ms\nsend-raw c\nexpect aabac\n",
                {child("echo_back")});
}

TEST(TalkScript, expect_finds_what_lies_behind_much_else) {
    const std::string much(20'000'000, 'x');
    expect_pass("timeout 20s\nsend " + much + "\\n1048576 bytes follow\nexpect 1048576 bytes follow\n",
                {child("echo_back")});
}

/// As `backchat --version` tells.
bool has_regular_expressions() { return command_ended({"--version"}).out.find("none") == std::string::npos; }

TEST(TalkScript, regular_expressions_are_refused_by_a_build_without) {
    if (has_regular_expressions()) expect_pass("send abc\nexpect-regex [a-c]+\n", {child("echo_back")});
    else expect_script_error("send abc\nexpect-regex [a-c]+\n", ":2:14: ", "this build of backchat has no regular");
}

TEST(TalkScript, regular_expressions_know_lines_and_classes) {
    if (!has_regular_expressions()) GTEST_SKIP() << "this build has no regular expressions (BACKCHAT_WITH_RE2)";
    expect_pass("send key = 42\nsend rest\nexpect-regex ^key\\s*=\\s*[0-9]+$\nexpect-regex ^rest$\n",
                {child("echo_back")});
    expect_pass("send (a|b)*[x]\nexpect-regex \\(a\\|b\\)\\*\\[x\\]\\n\n", {child("echo_back")});
    expect_failure("send xkey\nexpect-regex ^key", {child("echo_back")}, {"timeout", "| xkey"});
    expect_failure("send ab\nexpect a\nexpect-regex ^b", {child("echo_back")}, {"timeout"});
}

TEST(TalkScript, streams_are_kept_apart) {
    expect_pass("send x\nexpect-err x\nexpect x\n", {child("echo_to_both")});
    expect_failure("send err x\nexpect x", {child("answers_lines")},
                   {"last stdout:\n    | hello\n", "last stderr:\n    | x\n"});
}

TEST(TalkScript, sends_more_than_any_pipe_holds) {
    const std::string text(2 * mebibyte, 'x');
    expect_pass("timeout 20s\nsend " + text + "\nexpect xxx\\n\nexpect-err xxx\\n\n", {child("echo_to_both")});
}

TEST(TalkScript, quiet_passes_when_nothing_comes) {
    const support::Stopwatch watch;
    expect_pass("expect hello\nquiet 200ms\n", {child("answers_lines")});
    EXPECT_GE(watch.elapsed(), 200ms);
    expect_pass("close\nexpect-exit 0\nquiet 9s\n", {child("answers_lines")});
}

TEST(TalkScript, quiet_fails_when_the_child_talks_on) {
    expect_failure("quiet 100ms", {child("flood"), "err", "forever"}, {"timeout after 200ms", "last stdout: nothing"});
}

TEST(TalkScript, close_gives_the_child_end_of_file) {
    expect_pass("close\nexpect-exit 6\n", {child("never_writes"), "6"});
}

TEST(TalkScript, failed_step_tells_why) {
    expect_failure("expect hello\nsend abc\nexpect 4\\n", {child("answers_lines")},
                   {"reason: timeout after 200ms\n", "last stdout:\n    | hello\n    | 3\n", "last stderr: nothing"});
    expect_failure("expect more", {child("exit_with"), "3", "less"}, {"reason: exit: exited(3)\n", "| less"});
    expect_failure("expect more", {child("closes_stdout_and_runs_on")},
                   {"reason: end of file on stdout, while the child runs on\n", "| bye"});
    expect_failure("expect-err more", {child("closes_stdout_and_runs_on")},
                   {"reason: end of file on stderr, while the child runs on\n"});
    expect_failure("expect-exit 0", {child("exit_with"), "3"}, {"reason: exit: exited(3)\n"});
    expect_failure("expect-exit 0", {child("runs_until_killed")}, {"reason: timeout after 200ms\n"});
    expect_failure("send " + std::string(3 * mebibyte, 'x'), {child("never_reads")},
                   {"timeout after 200ms: the child has taken", "of 3145729 bytes"});
    expect_failure("expect closed\nsend x", {child("closes_stdin_and_runs_on")},
                   {"nobody reads the child's stdin any more"});
}

TEST(TalkScript, failed_step_shows_control_characters_as_such) {
    expect_failure("send-raw \\x1b[31m\\x07\\x7fend\nexpect x", {child("echo_back")}, {"| \\x1b[31m\\x07\\x7fend\n"});
}

TEST(TalkScript, failed_step_shows_the_end_of_much_output) {
    std::string script = "timeout 1s\nsend ";
    for (int i = 1; i < 100000; ++i) script += std::to_string(i) + "\\n";
    const Completed done = play(script + "100000\nexpect nothing of the kind\n", {child("echo_back")});
    EXPECT_EQ(code_of(done), 1);
    EXPECT_THAT(done.err, HasSubstr("    | 99999\n    | 100000\n"));
    EXPECT_LT(done.err.size(), 6000u);
}

TEST(TalkScript, timeout_of_the_command_line_holds_until_a_step_sets_another) {
    const support::Stopwatch watch;
    EXPECT_EQ(code_of(play("expect x\n", {child("answers_lines")}, {"--timeout", "100ms"})), 1);
    EXPECT_EQ(code_of(play("timeout 100ms\nexpect x\n", {child("answers_lines")}, {"--timeout", "1h"})), 1);
    EXPECT_LT(watch.elapsed(), scaled(2s));
}

TEST(TalkScript, each_step_has_its_own_time) {
    // Three times more than one step may take.
    expect_pass("timeout 300ms\nquiet 150ms\nquiet 150ms\nquiet 150ms\nquiet 150ms\n", {child("echo_back")});
}

TEST(TalkScript, ends_the_child_politely) {
    BACKCHAT_NEEDS(polite_signals);
    const Completed done = play("expect ready\n", {child("ends_on_terminate"), "3"});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_EQ(done.out, "ready\nterminating\n");
}

TEST(TalkScript, passes_through_what_the_child_writes_and_nothing_else) {
    const Completed done = play("send a\nexpect a\n", {child("echo_to_both")});
    EXPECT_EQ(done.out, "a\n");
    EXPECT_EQ(done.err, "a\n");
}

TEST(TalkScript, leaves_no_process_when_a_step_fails) {
    BACKCHAT_NEEDS(descendants);
    const Completed done =
        play("timeout 300ms\nexpect ready\nexpect x\n", {child("starts_tree"), "own_session", "ignoring"});
    EXPECT_EQ(code_of(done), 1);
    for (const Pid pid : numbers_in(support::split(done.out))) EXPECT_TRUE(support::dies_soon(pid)) << pid;
}

TEST(TalkScript, transcript_tells_how_it_ended) {
    const TemporaryDirectory folder;
    const std::string file = folder.path("transcript");
    EXPECT_EQ(code_of(play("expect hello\nsend abc\nexpect 3\n", {child("answers_lines")}, {"--transcript", file})), 0);
    EXPECT_THAT(folder.read("transcript"), HasSubstr(" in  | abc\n"));
    EXPECT_THAT(folder.read("transcript"), testing::EndsWith(" end | exited(0)\n"));
    EXPECT_EQ(code_of(play("expect x\n", {child("runs_until_killed")}, {"--transcript", file, "--timeout", "100ms"})),
              1);
    EXPECT_THAT(folder.read("transcript"),
                testing::EndsWith(" end | step of line 1 failed, " + to_string(ended_when_asked()) + "\n"));
}

TEST(TalkScript, can_come_from_stdin) {
    const Completed done =
        ended(talk_with({"--script", "-"}, {child("echo_back")}), {.input = "send abc\nexpect abc\n"});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_EQ(done.out, "abc\n");
}

TEST(TalkScript, mistakes_are_found_before_anything_is_spawned) {
    expect_script_error("send a\nsay b\n", ":2:1: ", "unknown step 'say'; the steps are send, send-raw, expect");
    expect_script_error("  sendx\n", ":1:3: ", "unknown step 'sendx'");
    expect_script_error("send a\\qb\n", ":1:7: ", "unknown escape '\\q'");
    expect_script_error("send \\xg0\n", ":1:6: ", "unknown escape '\\xg0'");
    expect_script_error("send \\x1\n", ":1:6: ", "two hexadecimal digits");
    expect_script_error("send a\\\n", ":1:7: ", "backslash at the end");
    expect_script_error("expect\n", ":1:7: ", "nothing follows expect");
    expect_script_error("send-raw   \n", ":1:9: ", "nothing follows send-raw");
    if (has_regular_expressions()) {
        expect_script_error("expect-regex a(b\n", ":1:14: ", "missing )");
        expect_script_error("expect-regex a)(b\n", ":1:14: ", "unexpected )");
    }
    expect_script_error("quiet\n", ":1:6: ", "nothing follows quiet");
    expect_script_error("quiet soon\n", ":1:7: ", "'soon': it does not begin with a number");
    expect_script_error("timeout 0\n", ":1:9: ", "more than zero");
    expect_script_error("close it\n", ":1:7: ", "close takes nothing; remove 'it'");
    expect_script_error("expect-exit\n", ":1:12: ", "nothing follows expect-exit");
    for (const char *code : {"4294967296", "-2147483649", "0x1", "1 2", "one"})
        expect_script_error(std::string("expect-exit ") + code + "\n",
                            ":1:13: ", "is no exit code; write a number from ");
    expect_script_error("\nclose\nsend a\n", ":3:1: ", "nothing can be sent after 'close' in line 2");
    expect_script_error("quiet 10s\n", ":1:1: ", "within the timeout of 10s");
    expect_script_error("timeout 1s\nquiet 1500ms\n", ":2:1: ", "within the timeout of 1s");
}

} // namespace
