#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/watchdog.hpp"

namespace {

using namespace integration;

TEST(Asyncread, gives_what_arrives_within_the_interval) {
    Popen p({child("echo_back")});
    p.send("text");
    const Stopwatch watch;
    const Received got = p.asyncread(200ms);
    EXPECT_EQ(got.data, "text");
    EXPECT_EQ(got.reason, Reason::timeout);
    EXPECT_GE(watch.elapsed(), 200ms);
    EXPECT_LT(watch.elapsed(), scaled(2s));
}

TEST(Asyncread, waits_the_whole_interval_for_a_silent_child) {
    Popen p({child("never_writes")});
    const Stopwatch watch;
    const Received got = p.asyncread(100ms);
    EXPECT_EQ(got.data, "");
    EXPECT_EQ(got.reason, Reason::timeout);
    EXPECT_GE(watch.elapsed(), 100ms);
    EXPECT_LT(watch.elapsed(), scaled(2s));
}

TEST(Asyncread, does_not_wait_when_the_time_is_over) {
    Popen p({child("never_writes")});
    const Stopwatch watch;
    EXPECT_EQ(p.asyncread(0s).reason, Reason::timeout);
    EXPECT_EQ(p.asyncread(-5s).reason, Reason::timeout);
    EXPECT_EQ(p.asyncread(support::Clock::now() - 1h).reason, Reason::timeout);
    EXPECT_LT(watch.elapsed(), scaled(1s));
}

TEST(Asyncread, gives_what_is_there_when_the_time_is_over) {
    Popen p({child("answers_lines")});
    std::string got;
    EXPECT_TRUE(support::eventually([&] { return !(got = p.asyncread(0s).data).empty(); }));
    EXPECT_EQ(got, "hello\n");
}

TEST(Asyncread, comes_back_early_at_end_of_file) {
    Popen p({child("exit_with"), "0", "all of it"});
    const Stopwatch watch;
    const Received got = p.asyncread(forever);
    EXPECT_EQ(got.data, "all of it");
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(p.asyncread(forever).reason, Reason::end_of_file);
    EXPECT_LT(watch.elapsed(), scaled(5s));
}

TEST(Asyncread, says_end_of_file_of_a_child_that_runs_on) {
    BACKCHAT_NEEDS(early_end);
    Popen p({child("closes_stdout_and_runs_on"), "7"});
    const Received got = p.asyncread(soon());
    EXPECT_EQ(got.data, "bye\n");
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_FALSE(p.poll());
    p.close_stdin();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(7));
}

TEST(Asyncread, says_exited_when_others_keep_the_stream_open) {
    Lifeline lifeline;
    Popen p({child("holds_pipe"), "silent", "own_session", "exit", "0"}, lifeline.tied());
    const Stopwatch watch;
    const Received got = p.asyncread(soon());
    EXPECT_EQ(support::split(got.data).size(), 1u);
    EXPECT_EQ(got.reason, Reason::exited);
    EXPECT_LT(watch.elapsed(), scaled(3s));
    EXPECT_EQ(p.asyncread(soon()).reason, Reason::exited);
    EXPECT_EQ(p.eof(Stream::out), Eof::cut);
    lifeline.cut();
}

TEST(Asyncread, keeps_its_deadline_against_a_flood) {
    Popen p({child("flood"), "out", "forever"}, {.buffer_limit = std::size_t{1} << 30});
    PatternReader reader;
    for (int i = 0; i < 5; ++i) {
        const Stopwatch watch;
        const Received got = p.asyncread(40ms);
        EXPECT_LT(watch.elapsed(), 40ms + scaled(1s));
        EXPECT_EQ(got.reason, Reason::timeout);
        EXPECT_FALSE(got.data.empty());
        reader.take(got.data);
    }
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncread, keeps_its_deadline_against_a_flood_on_the_other_stream) {
    Popen p({child("flood"), "err", "forever"}, {.buffer_limit = mebibyte});
    const Stopwatch watch;
    const Received got = p.asyncread(50ms);
    EXPECT_LT(watch.elapsed(), 50ms + scaled(1s));
    EXPECT_EQ(got.data, "");
    PatternReader reader;
    for (const Stopwatch taking; taking.elapsed() < 50ms;) reader.take(p.recv_err().data);
    EXPECT_GE(reader.count(), mebibyte);
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncread, accounts_for_every_byte_of_a_flood) {
    support::allow_time(60s);
    constexpr std::size_t size = 32 * mebibyte;
    Popen p({child("flood"), "out", std::to_string(size)});
    PatternReader reader;
    Received got;
    do {
        got = p.asyncread(1ms);
        reader.take(got.data);
        if (reader.count() % 3 == 0) reader.take(p.recv(1000).data);
    } while (got.reason == Reason::timeout);
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(reader.count(), size);
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncread, stops_at_the_buffers_limit_and_loses_nothing) {
    constexpr std::size_t limit = 100000;
    Popen p({child("flood"), "out", "1000000"}, {.buffer_limit = limit});
    PatternReader reader;
    Received got;
    int full = 0;
    do {
        got = p.asyncread(soon());
        EXPECT_LE(got.data.size(), limit + default_read_size);
        if (got.reason == Reason::limit) {
            ++full;
            EXPECT_GE(got.data.size(), limit);
        }
        reader.take(got.data);
    } while (got.reason == Reason::limit);
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_GE(full, 5);
    EXPECT_EQ(reader.count(), 1000000u);
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncread, drains_the_other_stream_meanwhile) {
    constexpr std::size_t size = mebibyte; // far more than the pipe holds, on each stream in turn
    Popen p({child("flood"), "both", std::to_string(size)});
    EXPECT_TRUE(same_bytes(pattern_bytes(size), p.asyncread(soon()).data));
    EXPECT_TRUE(same_bytes(pattern_bytes(size), p.asyncread(soon(), Stream::err).data));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(Asyncread, says_limit_when_the_other_stream_is_full_and_the_child_may_be_stuck_on_it) {
    Popen p({child("flood"), "err", "1000000"}, {.buffer_limit = 100000});
    PatternReader reader;
    Received got;
    const Stopwatch watch;
    while ((got = p.asyncread(soon())).reason == Reason::limit) {
        EXPECT_EQ(got.data, "");
        for (Received err; (err = p.recv_err());) reader.take(err.data);
    }
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_LT(watch.elapsed(), scaled(5s));
    while (reader.count() < 1000000u) {
        const Received err = p.recv_err();
        ASSERT_TRUE(err) << to_string(err.reason) << " after " << reader.count();
        reader.take(err.data);
    }
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncread, reads_64_MiB_of_stderr_alone) {
    support::allow_time(60s);
    constexpr std::size_t size = 64 * mebibyte;
    Popen p({child("flood"), "err", std::to_string(size)});
    PatternReader reader;
    Received got;
    do {
        got = p.asyncread(soon(), Stream::err);
        reader.take(got.data);
    } while (got.reason == Reason::limit);
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(reader.count(), size);
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(p.recv().reason, Reason::end_of_file);
}

TEST(Asyncread, waits_for_a_time_that_no_clock_can_hold) {
    Popen p({child("exit_with"), "0", "text"});
    EXPECT_EQ(p.asyncread(std::chrono::nanoseconds::max()).data, "text");
    EXPECT_EQ(p.asyncread(std::chrono::hours::max()).reason, Reason::end_of_file);
}

} // namespace
