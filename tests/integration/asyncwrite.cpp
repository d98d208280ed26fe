#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/watchdog.hpp"

#include <sstream>

namespace {

using namespace integration;

/// Takes all that is kept or in the pipe, without waiting.
void take_what_is_there(Popen &p, PatternReader &reader) {
    for (Received got; (got = p.recv());) reader.take(got.data);
}

/// Gives the child all of `data`, and takes what comes back whenever a buffer is full.
std::size_t write_and_take(Popen &p, std::string_view data, Deadline until, PatternReader &reader) {
    std::size_t sent = 0;
    for (;;) {
        const Transferred some = p.asyncwrite(data.substr(sent), until);
        sent += some.bytes;
        take_what_is_there(p, reader);
        if (some.reason != Reason::limit) return sent;
    }
}

TEST(Asyncwrite, carries_64_MiB_both_ways) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    Popen p({child("echo_back")});
    PatternReader reader;
    EXPECT_EQ(write_and_take(p, data, soon(), reader), data.size());
    p.close_stdin();
    reader.take(p.asyncread(soon()).data);
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(Asyncwrite, carries_64_MiB_through_small_buffers) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    Popen p({child("echo_back")}, {.buffer_limit = 300000});
    PatternReader reader;
    EXPECT_EQ(write_and_take(p, data, scaled(60s), reader), data.size());
    p.close_stdin();
    Received got;
    do {
        got = p.asyncread(soon());
        reader.take(got.data);
    } while (got.reason == Reason::limit);
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncwrite, drains_both_outputs_meanwhile) {
    const std::string data = pattern_bytes(4 * mebibyte);
    Popen p({child("echo_to_both")});
    const Transferred sent = p.asyncwrite(data, soon());
    EXPECT_EQ(sent.reason, Reason::data);
    EXPECT_EQ(sent.bytes, data.size());
    p.close_stdin();
    EXPECT_TRUE(same_bytes(data, p.asyncread(soon()).data));
    EXPECT_TRUE(same_bytes(data, p.asyncread(soon(), Stream::err).data));
}

TEST(Asyncwrite, gives_up_at_its_deadline_and_says_how_much_went) {
    Popen p({child("never_reads")});
    const std::string data = pattern_bytes(mebibyte);
    const Stopwatch watch;
    const Transferred sent = p.asyncwrite(data, 100ms);
    EXPECT_EQ(sent.reason, Reason::timeout);
    EXPECT_GT(sent.bytes, 0u);
    EXPECT_LT(sent.bytes, data.size());
    EXPECT_GE(watch.elapsed(), 100ms);
    EXPECT_LT(watch.elapsed(), 100ms + scaled(2s));
    EXPECT_EQ(p.asyncwrite(data, 0s).bytes, 0u);
}

TEST(Asyncwrite, goes_on_after_a_timeout_where_it_stopped) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(16 * mebibyte);
    Popen p({child("counts_stdin")});
    std::size_t sent = 0;
    while (sent < data.size()) {
        const Transferred some = p.asyncwrite(std::string_view(data).substr(sent), 200us);
        ASSERT_THAT(some.reason, testing::AnyOf(Reason::data, Reason::timeout));
        sent += some.bytes;
    }
    p.close_stdin();
    pattern::Checksum sum;
    sum.add(data.data(), data.size());
    std::ostringstream expected;
    expected << data.size() << ' ' << std::hex << sum.sum();
    EXPECT_EQ(p.asyncread(soon()).data, expected.str());
}

TEST(Asyncwrite, says_limit_when_the_child_waits_for_us_to_take) {
    Popen p({child("echo_back")}, {.buffer_limit = 100000});
    const std::string data = pattern_bytes(4 * mebibyte);
    const Transferred sent = p.asyncwrite(data, soon());
    EXPECT_EQ(sent.reason, Reason::limit);
    EXPECT_GE(sent.bytes, 100000u);
    EXPECT_LT(sent.bytes, data.size());
    PatternReader reader;
    take_what_is_there(p, reader);
    const std::size_t rest = write_and_take(p, std::string_view(data).substr(sent.bytes), soon(), reader);
    EXPECT_EQ(sent.bytes + rest, data.size());
    EXPECT_TRUE(reader.intact());
}

TEST(Asyncwrite, says_broken_pipe_when_the_reader_is_gone) {
    Popen p({child("reads_some_and_exits"), "100000", "5"});
    const std::string data = pattern_bytes(4 * mebibyte);
    const Transferred sent = p.asyncwrite(data, soon());
    // Where the end of a write comes a moment after its cause, the exit may be seen first.
    const bool at_once = support::has(support::Feature::immediacy);
    EXPECT_THAT(sent.reason, testing::AnyOf(Reason::broken_pipe, at_once ? Reason::broken_pipe : Reason::exited));
    EXPECT_GE(sent.bytes, 100000u);
    EXPECT_LT(sent.bytes, data.size());
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(5));
    if (at_once) {
        EXPECT_EQ(p.asyncwrite(data, soon()).bytes, 0u);
    }
}

TEST(Asyncwrite, says_exited_when_the_child_is_gone_and_a_grandchild_keeps_its_stdin) {
    Lifeline lifeline;
    Popen p({child("holds_pipe"), "silent", "own_session", "exit", "0"}, lifeline.tied());
    const std::string data = pattern_bytes(4 * mebibyte);
    const Stopwatch watch;
    const Transferred sent = p.asyncwrite(data, scaled(15s));
    EXPECT_EQ(sent.reason, Reason::exited);
    EXPECT_LT(sent.bytes, data.size());
    EXPECT_LT(watch.elapsed(), scaled(5s));
    lifeline.cut();
}

TEST(Asyncwrite, gives_the_pipe_what_it_takes_even_when_the_time_is_over) {
    Popen p({child("echo_back")});
    EXPECT_EQ(p.asyncwrite("text", 0s).bytes, 4u);
    EXPECT_EQ(p.asyncwrite("", 0s).reason, Reason::data);
    EXPECT_EQ(read_until_text(p, "text"), "text");
}

} // namespace
