#include "cli/command.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

TEST(TalkScript, interrupted_child_fails_the_step) {
    const TemporaryDirectory folder;
    Popen p(
        talk_with({"--script", folder.write("script", "expect ready\nexpect more\n")}, {child("runs_until_killed")}));
    read_until_text(p, "ready\n");
    EXPECT_TRUE(p.send_signal(SIGTERM));
    const Completed done = p.communicate(soon());
    EXPECT_EQ(code_of(done), 1);
    EXPECT_THAT(done.err, HasSubstr("reason: exit: signaled(SIGTERM)"));
}

TEST(TalkScript, failed_step_tells_the_signal_that_ended_the_child) {
    const TemporaryDirectory folder;
    const std::string script = folder.write("test.talk", "expect more\n");
    EXPECT_THAT(ended(talk_with({"--script", script}, {child("raise_signal"), std::to_string(SIGKILL)})).err,
                HasSubstr("reason: exit: signaled(SIGKILL)\n"));
    const std::string exit = folder.write("exit.talk", "expect-exit 15\n");
    EXPECT_THAT(ended(talk_with({"--script", exit}, {child("raise_signal"), "15"})).err,
                HasSubstr("reason: exit: signaled(SIGTERM)\n"));
}

TEST(TalkScript, exit_codes_reach_from_0_to_255) {
    const TemporaryDirectory folder;
    for (const char *code : {"256", "-1"}) {
        const std::string script = folder.write("test.talk", std::string("expect-exit ") + code + "\n");
        const Completed done = ended(talk_with({"--script", script}, {child("exit_with"), "0"}));
        EXPECT_EQ(code_of(done), 125);
        EXPECT_THAT(done.err,
                    HasSubstr(":1:13: '" + std::string(code) + "' is no exit code; write a number from 0 to 255"));
    }
}

} // namespace
