#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(RecvUntil, gives_line_after_line) {
    Popen p({child("interleave"), "2"});
    EXPECT_EQ(p.recv_until(line(), soon()).before(), "out 0");
    EXPECT_EQ(p.recv_until(line(), soon(), Outputs::err).before(), "err 0");
    EXPECT_EQ(p.recv_until(line(), soon()).data, "out 1\n");
    const Found end = p.recv_until(line(), soon());
    EXPECT_FALSE(end);
    EXPECT_EQ(end.reason, Reason::end_of_file);
}

TEST(RecvUntil, keeps_what_follows_for_every_other_call) {
    Popen p({child("exit_with"), "0", "name: value; rest"});
    const Found found = p.recv_until({"nothing", "; "}, soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found.condition, 1u);
    EXPECT_EQ(found.match, "; ");
    EXPECT_EQ(found.before(), "name: value");
    EXPECT_EQ(p.communicate(soon()).out, "rest");
}

TEST(RecvUntil, loses_nothing_to_a_timeout) {
    Popen p({child("echo_back")});
    p.send("half ");
    EXPECT_EQ(p.recv_until("whole", 50ms).reason, Reason::timeout);
    p.send("and the whole");
    EXPECT_EQ(p.recv_until("whole", soon()).data, "half and the whole");
}

TEST(RecvUntil, gets_first_what_was_put_back) {
    Popen p({child("echo_back")});
    p.unread("before ");
    p.send("behind\n");
    EXPECT_EQ(p.recv_until(line(), soon()).data, "before behind\n");
}

TEST(RecvUntil, refuses_what_is_no_pipe) {
    Popen p({child("exit_with"), "0"}, {.err = Redirect::discard()});
    EXPECT_THROW(p.recv_until(line(), soon(), Outputs::err), NotAPipe);
    EXPECT_THROW(p.recv_until(line(), soon(), Outputs::both), NotAPipe);
}

} // namespace
