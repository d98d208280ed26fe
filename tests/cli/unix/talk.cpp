#include "cli/command.hpp"
#include "cli/unix/terminal.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

TEST(Talk, signals_are_forwarded) {
    Popen p(talk_with({}, {child("ends_on_terminate"), "9"}));
    read_until_text(p, "ready\n");
    EXPECT_TRUE(p.send_signal(SIGTERM));
    EXPECT_EQ(read_until_text(p, "terminating\n"), "terminating\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(9));
}

TEST(TalkTerminal, tells_the_three_voices_apart_by_colour) {
    Terminal terminal(talk_with({}, {child("answers_lines")}));
    EXPECT_EQ(terminal.read_until("hello\r\n\x1b[36m"), "\x1b[36m\x1b[0mhello\r\n\x1b[36m");
    terminal.type("abc\n");
    EXPECT_EQ(terminal.read_until("\x1b[36m"), "abc\r\n\x1b[0m3\r\n\x1b[36m");
    terminal.type("err x\n");
    EXPECT_EQ(terminal.read_until("\x1b[36m"), "err x\r\n\x1b[33mx\r\n\x1b[36m");
    terminal.type(control('D'));
    EXPECT_EQ(terminal.read_all(), "\x1b[0m") << "the terminal is left in its own colour";
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
}

TEST(TalkTerminal, has_no_colour_when_none_is_wanted) {
    Terminal terminal(talk_with({}, {child("answers_lines")}), Environment().set("NO_COLOR", "1"));
    EXPECT_EQ(terminal.read_until("hello\r\n"), "hello\r\n");
    terminal.type("abc\n");
    EXPECT_EQ(terminal.read_until("3\r\n"), "abc\r\n3\r\n");
    terminal.type(control('D'));
    EXPECT_EQ(terminal.read_all(), "");
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
}

TEST(TalkTerminal, interrupt_reaches_the_child_and_not_us) {
    Terminal terminal(talk_with({}, {child("ends_on_terminate"), "17"}));
    terminal.read_until("ready\r\n");
    terminal.type(control('C'));
    terminal.read_until("interrupted\r\n");
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(17));
}

} // namespace
