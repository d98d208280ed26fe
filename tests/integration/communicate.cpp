#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"
#include "support/watchdog.hpp"

#include <sstream>

namespace {

using namespace integration;

TEST(Communicate, brings_back_all_that_is_known) {
    Popen p({child("echo_to_both")});
    const Completed done = p.communicate("text", soon());
    EXPECT_EQ(done.out, "text");
    EXPECT_EQ(done.err, "text");
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_TRUE(done.success());
    EXPECT_EQ(done.eof_out, Eof::complete);
    EXPECT_EQ(done.eof_err, Eof::complete);
    EXPECT_EQ(done.bytes_sent, 4u);
    EXPECT_THAT(done.holders.processes, testing::IsEmpty());
    EXPECT_GT(done.wall, 0ns);
    if (support::has(support::Feature::peak_memory)) {
        EXPECT_GT(done.usage.max_rss_bytes, 0u);
    }
    EXPECT_EQ(p.returncode(), 0);
}

TEST(Communicate, closes_stdin_even_without_input) {
    Popen p({child("never_writes"), "4"});
    EXPECT_EQ(p.communicate(soon()).status, ExitStatus::exited(4));
    Popen q({child("echo_back")});
    EXPECT_TRUE(q.communicate("", soon()).success());
}

TEST(Communicate, carries_64_MiB_both_ways) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    Popen p({child("echo_back")});
    const Completed done = p.communicate(data, scaled(60s));
    EXPECT_TRUE(done.success());
    EXPECT_EQ(done.bytes_sent, data.size());
    EXPECT_TRUE(same_bytes(data, done.out));
}

TEST(Communicate, carries_more_than_the_buffers_limit) {
    const std::string data = pattern_bytes(8 * mebibyte);
    Popen p({child("echo_to_both")}, {.buffer_limit = 4096});
    const Completed done = p.communicate(data, soon());
    EXPECT_TRUE(done.success());
    EXPECT_TRUE(same_bytes(data, done.out));
    EXPECT_TRUE(same_bytes(data, done.err));
}

TEST(Communicate, reads_64_MiB_of_stderr_alone) {
    support::allow_time(60s);
    constexpr std::size_t size = 64 * mebibyte;
    Popen p({child("flood"), "err", std::to_string(size)});
    const Completed done = p.communicate(scaled(60s));
    EXPECT_TRUE(done.success());
    EXPECT_EQ(done.out, "");
    EXPECT_TRUE(same_bytes(pattern_bytes(size), done.err));
}

TEST(Communicate, sends_every_byte_once) {
    const std::string data = pattern_bytes(8 * mebibyte);
    Popen p({child("counts_stdin")});
    pattern::Checksum sum;
    sum.add(data.data(), data.size());
    std::ostringstream expected;
    expected << data.size() << ' ' << std::hex << sum.sum();
    EXPECT_EQ(p.communicate(data, soon()).out, expected.str());
}

TEST(Communicate, goes_on_after_many_timeouts_without_losing_or_repeating_a_byte) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(8 * mebibyte);
    Popen p({child("echo_back")});
    PatternReader reader;
    int timeouts = 0;
    Completed part;
    {
        // What was given as input must not be needed any more when the call has come back.
        const std::string copy = data;
        part = p.communicate(copy, 0s);
    }
    reader.take(part.out);
    while (part.reason == Reason::timeout) {
        ++timeouts;
        part = p.communicate(100us);
        reader.take(part.out);
    }
    EXPECT_EQ(part.reason, Reason::exited);
    EXPECT_TRUE(part.success());
    EXPECT_EQ(part.eof_out, Eof::complete);
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
    EXPECT_GE(timeouts, 5);
}

TEST(Communicate, keeps_partial_output_when_the_time_is_over) {
    Popen p({child("runs_until_killed")});
    std::string out;
    EXPECT_TRUE(support::eventually([&] {
        const Completed part = p.communicate(10ms);
        EXPECT_EQ(part.reason, Reason::timeout);
        out += part.out;
        return !out.empty();
    }));
    EXPECT_EQ(out, "ready\n");
}

TEST(Communicate, says_open_of_a_stream_that_goes_on) {
    Popen p({child("runs_until_killed")});
    const Completed part = p.communicate(50ms);
    EXPECT_EQ(part.reason, Reason::timeout);
    EXPECT_EQ(part.eof_out, Eof::open);
    EXPECT_FALSE(part.status);
    EXPECT_FALSE(part.success());
    p.kill();
    const Completed done = p.communicate(soon());
    EXPECT_EQ(part.out + done.out, "ready\n");
    EXPECT_EQ(done.status, ExitStatus::signaled(signal_kill));
    EXPECT_EQ(done.reason, Reason::exited);
}

TEST(Communicate, takes_input_once) {
    Popen p({child("echo_back")});
    p.communicate("first", 0s);
    EXPECT_THROW(p.communicate("second", 0s), std::logic_error);
    EXPECT_EQ(p.communicate(soon()).status, ExitStatus::exited(0));
}

TEST(Communicate, gives_nothing_twice) {
    Popen p({child("exit_with"), "6", "text"});
    EXPECT_EQ(p.communicate(soon()).out, "text");
    const Completed again = p.communicate(soon());
    EXPECT_EQ(again.out, "");
    EXPECT_EQ(again.reason, Reason::exited);
    EXPECT_EQ(again.status, ExitStatus::exited(6));
    EXPECT_EQ(again.eof_out, Eof::complete);
}

TEST(Communicate, includes_what_an_earlier_call_has_kept) {
    Popen p({child("interleave"), "2"});
    EXPECT_TRUE(p.wait(soon()));
    EXPECT_EQ(p.recv(6).data, "out 0\n");
    const Completed done = p.communicate(soon());
    EXPECT_EQ(done.out, "out 1\n");
    EXPECT_EQ(done.err, "err 0\nerr 1\n");
}

TEST(Communicate, outlives_a_child_that_does_not_read_its_input) {
    Popen p({child("reads_some_and_exits"), "100000", "5"});
    const std::string data = pattern_bytes(4 * mebibyte);
    const Completed done = p.communicate(data, soon());
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_EQ(done.status, ExitStatus::exited(5));
    EXPECT_GE(done.bytes_sent, 100000u);
    EXPECT_LT(done.bytes_sent, data.size());
}

TEST(Communicate, does_not_wait_for_a_grandchild_to_take_the_input) {
    Lifeline lifeline;
    Popen p({child("holds_pipe"), "silent", "own_session", "exit", "0"}, lifeline.tied());
    const Stopwatch watch;
    const Completed done = p.communicate(pattern_bytes(4 * mebibyte), scaled(15s));
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_EQ(done.eof_out, Eof::cut);
    EXPECT_LT(watch.elapsed(), scaled(5s));
    lifeline.cut();
}

TEST(Communicate, waits_for_a_child_that_has_closed_its_outputs) {
    Popen p({child("closes_stdout_and_runs_on"), "7"});
    const Completed done = p.communicate(soon());
    EXPECT_EQ(done.out, "bye\n");
    EXPECT_EQ(done.status, ExitStatus::exited(7));
    EXPECT_EQ(done.eof_out, Eof::complete);
}

} // namespace
