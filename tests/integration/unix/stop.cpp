#include "integration/talk.hpp"

#include <csignal>

namespace {

using namespace integration;

TEST(Stop, wakes_a_child_that_was_stopped) {
    // A stopped process does not take SIGTERM; the kill behind the steps takes it all the same.
    Popen p({child("runs_until_killed")});
    read_lines(p, 1);
    p.send_signal(SIGSTOP);
    const Stopped stopped = p.stop(100ms);
    EXPECT_TRUE(stopped.ended);
    EXPECT_TRUE(stopped.is_signaled());
}

} // namespace
