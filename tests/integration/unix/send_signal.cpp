#include "integration/talk.hpp"
#include "support/process_table.hpp"

#include <csignal>

namespace {

using namespace integration;

TEST(SendSignal, stops_and_continues) {
    Popen p({child("answers_lines")});
    EXPECT_EQ(read_lines(p, 1), "hello\n");
    EXPECT_TRUE(p.send_signal(SIGSTOP));
    EXPECT_TRUE(support::eventually([&] { return support::look_at(p.pid()).state == 'T'; }));
    p.send("text\n");
    EXPECT_EQ(p.asyncread(50ms).data, "");
    EXPECT_FALSE(p.poll()) << "a child that was stopped has not ended";
    EXPECT_EQ(p.wait(20ms).reason, Reason::timeout);
    EXPECT_TRUE(p.send_signal(SIGCONT));
    EXPECT_EQ(read_lines(p, 1), "4\n");
}

} // namespace
