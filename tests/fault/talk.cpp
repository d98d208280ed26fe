/// Reads, writes and waits that are short, interrupted, or fail.
#include "integration/talk.hpp"

#include "calls.hpp"
#include "fault/faulty_calls.hpp"
#include "integration/big_data.hpp"
#include "support/process_table.hpp"

#include <csignal>

#include <sys/wait.h>

namespace {

using namespace integration;
using faulty::Fault;

TEST(FaultyTalk, loses_nothing_in_short_transfers) {
    const std::string data = pattern_bytes(200000);
    for (const std::size_t most : {1u, 3u, 4095u, 4097u}) {
        const faulty::ShortTransfers shortened(most);
        const std::string part = data.substr(0, most < 10 ? 5000 : data.size());
        Popen p({child("echo_back")});
        EXPECT_TRUE(same_bytes(part, p.communicate(part, scaled(15s)).out)) << most;
        Popen q({child("echo_back")});
        EXPECT_EQ(q.asyncwrite(part, soon()).bytes, part.size()) << most;
        q.close_stdin();
        EXPECT_TRUE(same_bytes(part, q.asyncread(soon()).data)) << most;
    }
}

class FaultyTalkInterrupted : public testing::TestWithParam<const char *> {};

TEST_P(FaultyTalkInterrupted, goes_on_as_if_nothing_had_been) {
    const std::string data = pattern_bytes(1 << 20); // a pipe takes it in sixteen writes at the least
    for (const int after : {0, 1, 2, 5}) {
        Popen p({child("echo_to_both")});
        const Fault fault({GetParam()}, EINTR, after, 7);
        const Completed done = p.communicate(data, soon());
        EXPECT_TRUE(same_bytes(data, done.out));
        EXPECT_TRUE(same_bytes(data, done.err));
        EXPECT_EQ(done.status, ExitStatus::exited(0));
        EXPECT_EQ(done.eof_out, Eof::complete);
        EXPECT_EQ(done.bytes_sent, data.size());
        EXPECT_GT(fault.hits(), 0);
    }
}

INSTANTIATE_TEST_SUITE_P(Fault, FaultyTalkInterrupted, testing::Values("read", "write", faulty::wait_for_events.name),
                         [](const auto &test) { return std::string(test.param); });

TEST(FaultyTalk, takes_a_false_alarm_for_nothing) {
    // Readiness that turns out to be none, as the kernel documents for poll.
    const std::string data = pattern_bytes(300000);
    for (const char *call : {"read", "write"}) {
        Popen p({child("echo_back")});
        const Fault fault({call}, EAGAIN, 1, 20);
        EXPECT_TRUE(same_bytes(data, p.communicate(data, soon()).out));
        EXPECT_GT(fault.hits(), 0) << call;
    }
}

TEST(FaultyTalk, keeps_what_was_read_before_a_read_failed) {
    const std::string data = pattern_bytes(300000);
    Popen p({child("flood"), "out", std::to_string(data.size())});
    ASSERT_TRUE(support::eventually([&] { return p.recv(1).data.size() == 1; }));
    const Fault fault({"read"}, EIO, 2);
    const Received got = p.asyncread(soon());
    EXPECT_EQ(got.reason, Reason::failed);
    EXPECT_EQ(got.error, std::error_code(EIO, std::system_category()));
    EXPECT_TRUE(same_bytes(data.substr(1, got.data.size()), got.data));
    EXPECT_EQ(p.eof(Stream::out), Eof::failed);
    EXPECT_EQ(p.recv().reason, Reason::failed);
    EXPECT_EQ(p.recv().error, std::error_code(EIO, std::system_category()));
}

TEST(FaultyTalk, says_that_a_write_failed) {
    Popen p({child("never_reads")});
    {
        const Fault fault({"write"}, EIO, 0);
        const Transferred sent = p.send("text");
        EXPECT_EQ(sent.reason, Reason::failed);
        EXPECT_EQ(sent.error, std::error_code(EIO, std::system_category()));
        EXPECT_EQ(sent.bytes, 0u);
    }
    Popen q({child("never_reads")});
    {
        const Fault fault({"write"}, EIO, 0);
        const Transferred sent = q.asyncwrite("text", soon());
        EXPECT_EQ(sent.reason, Reason::failed);
        EXPECT_EQ(sent.error, std::error_code(EIO, std::system_category()));
    }
}

TEST(FaultyTalk, says_wait_when_waiting_is_refused) {
    Popen p({child("echo_back")});
    const Fault fault(faulty::wait_for_events, ENOMEM, 0);
    try {
        p.wait(soon());
        ADD_FAILURE() << "has waited without waiting";
    } catch (const Error &error) {
        EXPECT_EQ(error.stage(), Stage::wait);
        EXPECT_EQ(error.code(), std::error_code(ENOMEM, std::system_category()));
        EXPECT_EQ(error.program(), child("echo_back"));
    }
}

TEST(FaultyTalk, may_go_on_after_a_wait_that_was_refused) {
    const std::string data = pattern_bytes(300000);
    Popen p({child("echo_back")});
    PatternReader reader;
    {
        const Fault fault(faulty::wait_for_events, ENOMEM, 3, 1);
        EXPECT_THROW(p.communicate(data, soon()), Error);
    }
    const Completed done = p.communicate(soon());
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_TRUE(same_bytes(data, done.out)) << "neither input nor output may be lost with the exception";
}

TEST(FaultyTalk, says_signal_when_a_signal_is_refused) {
    Popen p({child("never_reads")});
    const Fault fault(faulty::send_signal, EINVAL);
    try {
        p.terminate();
        ADD_FAILURE() << "has sent what was refused";
    } catch (const Error &error) {
        EXPECT_EQ(error.stage(), Stage::signal);
        EXPECT_EQ(error.code(), std::error_code(EINVAL, std::system_category()));
    }
}

TEST(FaultyTalk, waits_for_the_child_again_when_interrupted) {
    Popen p({child("exit_with"), "5"});
    const Fault fault(faulty::reap, EINTR, 0, 5);
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(5));
    EXPECT_EQ(fault.hits(), 5);
}

TEST(FaultyTalk, says_unknown_when_the_status_is_gone) {
    Popen p({child("exit_with"), "5"});
    ASSERT_TRUE(support::dies_soon(p.pid()));
    {
        const Fault fault(faulty::reap, ECHILD);
        EXPECT_EQ(p.poll(), ExitStatus::unknown());
    }
    // In truth it is still there, and would be a zombie that the guard finds.
    siginfo_t info;
    ::waitid(P_PID, static_cast<id_t>(p.pid()), &info, WEXITED);
}

TEST(FaultyTalk, takes_the_pipes_signal_back_even_when_interrupted) {
    Popen p({child("exit_with"), "0"});
    EXPECT_TRUE(p.wait(soon()));
    const Fault fault(faulty::take_signal, EINTR, 0, 3);
    EXPECT_EQ(p.send("text").reason, Reason::broken_pipe);
    EXPECT_EQ(fault.hits(), 3);
}

TEST(FaultyTalk, says_that_holders_may_be_missing_where_proc_cannot_be_read) {
    Popen p({child("never_reads")});
    read_lines(p, 1);
    const Fault fault({"opendir"}, EACCES);
    const Holders holders = p.holders();
    EXPECT_THAT(holders.processes, testing::IsEmpty());
    EXPECT_FALSE(holders.complete);
}

} // namespace
