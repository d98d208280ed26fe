#include "cli/command.hpp"
#include "integration/big_data.hpp"
#include "support/watchdog.hpp"

namespace {

using namespace cli_tests;

TEST(Talk, sends_what_comes_on_stdin_and_shows_both_outputs) {
    const Completed done = ended(talk_with({}, {child("answers_lines")}), {.input = "abc\nerr xyz\nexit 3\n"});
    EXPECT_EQ(code_of(done), 3);
    EXPECT_EQ(done.out, "hello\n3\n");
    EXPECT_EQ(done.err, "xyz\n");
}

TEST(Talk, shows_what_arrives_at_once) {
    Popen p(talk_with({}, {child("echo_back")}));
    for (const char *piece : {"a", "b\nc", "d"}) {
        p.send(piece);
        EXPECT_EQ(read_until_text(p, piece), piece);
    }
    p.close_stdin();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(Talk, end_of_our_input_is_that_of_the_child_s) {
    EXPECT_EQ(code_of(ended(talk_with({}, {child("never_writes"), "8"}))), 8);
}

TEST(Talk, child_that_takes_no_more_input_counts_as_its_end) {
    const Completed done = ended(talk_with({"--timeout", "200ms"}, {child("closes_stdin_and_runs_on")}),
                                 {.input = std::string(mebibyte, 'x')});
    EXPECT_EQ(done.out, "closed\n");
    EXPECT_EQ(code_of(done), 124);
}

TEST(Talk, carries_more_than_any_pipe_holds_both_ways) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(16 * mebibyte);
    const Completed done = ended(talk_with({}, {child("echo_to_both")}), {.input = data, .timeout = scaled(50s)});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_TRUE(same_bytes(data, done.out));
    EXPECT_TRUE(same_bytes(data, done.err));
}

TEST(Talk, child_that_ends_while_we_wait_for_input_ends_us) {
    Popen p(talk_with({}, {child("exit_with"), "4", "bye\n"}));
    EXPECT_EQ(read_until_text(p, "bye\n"), "bye\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(4)) << "our stdin is still open";
}

TEST(Talk, child_that_does_not_end_with_its_input_is_stopped_after_the_timeout) {
    const Completed done = ended(talk_with({"--timeout", "200ms"}, {child("runs_until_killed")}));
    EXPECT_EQ(code_of(done), 124);
    EXPECT_GE(done.wall, 200ms);
    EXPECT_LT(done.wall, scaled(1s));
}

TEST(Talk, transcript_has_each_line_with_its_time_and_direction) {
    const TemporaryDirectory folder;
    Popen p(talk_with({"--transcript", folder.path("transcript")}, {child("answers_lines")}));
    read_until_text(p, "hello\n");
    for (const auto &[sent, answer] : {std::pair{"abc\n", "3\n"}, {"four\n", "4\n"}}) {
        p.send(sent);
        read_until_text(p, answer);
    }
    p.send("exit 2\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(2));
    const auto lines = support::split(folder.read("transcript"));
    const Arguments expected = {"out | hello", "in  | abc",    "out | 3",        "in  | four",
                                "out | 4",     "in  | exit 2", "end | exited(2)"};
    ASSERT_EQ(lines.size(), expected.size()) << folder.read("transcript");
    double last = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_THAT(lines[i], HasMatchOf("^ +[0-9]+[.][0-9][0-9][0-9] "));
        EXPECT_EQ(lines[i].substr(11), expected[i]);
        EXPECT_GE(std::stod(lines[i]), last);
        last = std::stod(lines[i]);
    }
}

TEST(Talk, transcript_on_stdout_takes_the_place_of_the_output) {
    const Completed done = ended(talk_with({"--transcript", "-"}, {child("exit_with"), "0", "prompt> "}));
    EXPECT_THAT(done.out, HasMatchOf("^ +[0-9]+[.][0-9]+ out [|] prompt> \n +[0-9]+[.][0-9]+ end [|] "
                                     "exited\\(0\\)\n$"));
}

} // namespace
