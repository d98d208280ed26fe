#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"

namespace {

using namespace integration;

TEST(Wait, tells_exit_codes) {
    for (const int code : {0, 1, 2, 127, 128, 137, 255}) {
        Popen p({child("exit_with"), std::to_string(code)});
        const Waited ended = p.wait(soon());
        EXPECT_EQ(ended.reason, Reason::exited);
        EXPECT_EQ(ended.status, ExitStatus::exited(code));
        EXPECT_EQ(p.returncode(), code);
    }
}

TEST(Wait, times_out_while_the_child_runs) {
    Popen p({child("never_reads")});
    const Stopwatch watch;
    const Waited waited = p.wait(100ms);
    EXPECT_EQ(waited.reason, Reason::timeout);
    EXPECT_FALSE(waited.status);
    EXPECT_FALSE(waited);
    EXPECT_GE(watch.elapsed(), 100ms);
    EXPECT_LT(watch.elapsed(), scaled(2s));
    EXPECT_FALSE(p.poll());
    EXPECT_FALSE(p.returncode());
    EXPECT_EQ(p.wait(0s).reason, Reason::timeout);
    EXPECT_EQ(p.wait(-1s).reason, Reason::timeout);
}

TEST(Wait, gives_the_same_answer_ever_after) {
    Popen p({child("exit_with"), "9"});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(p.wait(forever).status, ExitStatus::exited(9));
        EXPECT_EQ(p.poll(), ExitStatus::exited(9));
        EXPECT_EQ(p.wait(0s).reason, Reason::exited);
    }
}

TEST(Wait, does_not_wait_for_grandchildren) {
    Popen p({child("starts_tree"), "same_group"}, {.out = Redirect::discard()});
    p.kill();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(signal_kill));
    for (const auto &entry : support::marked_descendants()) support::kill_process(entry.pid);
}

TEST(Wait, drains_both_outputs_meanwhile) {
    Popen p({child("flood"), "both", std::to_string(4 * mebibyte)});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    EXPECT_TRUE(same_bytes(pattern_bytes(4 * mebibyte), p.asyncread(soon()).data));
    EXPECT_TRUE(same_bytes(pattern_bytes(4 * mebibyte), p.asyncread(soon(), Stream::err).data));
}

TEST(Wait, says_limit_when_the_child_may_wait_for_room) {
    Popen p({child("flood"), "out", "1000000"}, {.buffer_limit = 100000});
    PatternReader reader;
    Waited waited;
    while ((waited = p.wait(soon())).reason == Reason::limit) {
        for (Received got; (got = p.recv());) reader.take(got.data);
    }
    EXPECT_EQ(waited.status, ExitStatus::exited(0));
    for (Received got; (got = p.recv());) reader.take(got.data);
    EXPECT_EQ(reader.count(), 1000000u);
    EXPECT_TRUE(reader.intact());
}

TEST(Wait, by_polling_alone_finds_the_end) {
    Popen p({child("never_writes"), "5"});
    EXPECT_FALSE(p.poll());
    p.close_stdin();
    EXPECT_TRUE(support::eventually([&] { return p.poll().has_value(); }));
    EXPECT_EQ(p.poll(), ExitStatus::exited(5));
}

TEST(Wait, for_a_time_that_no_clock_can_hold) {
    Popen p({child("exit_with"), "1"});
    EXPECT_EQ(p.wait(std::chrono::nanoseconds::max()).status, ExitStatus::exited(1));
    Popen q({child("exit_with"), "2"});
    EXPECT_EQ(q.wait(std::chrono::hours::max()).status, ExitStatus::exited(2));
    Popen r({child("exit_with"), "3"});
    EXPECT_EQ(r.wait(support::Clock::time_point::max()).status, ExitStatus::exited(3));
}

} // namespace
