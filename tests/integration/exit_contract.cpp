/// When a stream is over, although somebody else keeps it open: the exit and end-of-file contract.
#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

#include <future>

namespace {

using namespace integration;
using support::Feature;

std::vector<std::string> holder(const char *kind, const char *place = "own_session") {
    return {child("holds_pipe"), kind, place, "exit", "3"};
}

class ExitContractByPlace : public testing::TestWithParam<const char *> {};

TEST_P(ExitContractByPlace, does_not_hang_when_grandchild_keeps_stdout_open) {
    Lifeline lifeline;
    Popen p(holder("silent", GetParam()), lifeline.tied());
    const Stopwatch watch;
    const Completed done = p.communicate(scaled(15s));
    EXPECT_LT(watch.elapsed(), 200ms + scaled(2s));
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_EQ(done.status, ExitStatus::exited(3));
    EXPECT_EQ(done.eof_out, Eof::cut);
    EXPECT_EQ(done.eof_err, Eof::cut);
    EXPECT_EQ(p.eof(Stream::out), Eof::cut);

    // What the child said itself is all there, and the holder is named.
    const auto lines = support::split(done.out);
    ASSERT_EQ(lines.size(), 1u);
    const Pid pid = std::stoll(lines[0]);
    if (support::has(Feature::holders)) {
        ASSERT_EQ(done.holders.processes.size(), 1u);
        EXPECT_EQ(done.holders.processes[0].pid, pid);
        EXPECT_EQ(done.holders.processes[0].command, child("holds_pipe") + " grandchild silent");
    } else {
        EXPECT_FALSE(done.holders.complete) << "nobody named is not nobody there";
    }
    EXPECT_EQ(p.holders().processes, done.holders.processes);
    lifeline.cut();
    EXPECT_TRUE(support::dies_soon(pid));
    EXPECT_THAT(p.holders().processes, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(ExitContract, ExitContractByPlace,
                         testing::Values("same_group", "own_group", "own_session", "orphaned"),
                         [](const auto &test) { return std::string("in_") + test.param; });

TEST(ExitContract, says_complete_when_all_writers_have_closed) {
    const Completed done = collect({child("flood"), "both", "300000"});
    EXPECT_EQ(done.eof_out, Eof::complete);
    EXPECT_EQ(done.eof_err, Eof::complete);
    EXPECT_EQ(done.out.size(), 300000u);
    EXPECT_THAT(done.holders.processes, testing::IsEmpty());
}

TEST(ExitContract, comes_back_at_once_when_nobody_else_holds_the_streams) {
    const Stopwatch watch;
    collect({child("exit_with"), "0"}, {.linger = {.idle = 10s, .total = 10s}});
    EXPECT_LT(watch.elapsed(), scaled(4s));
}

TEST(ExitContract, takes_all_that_is_in_the_pipe_even_without_lingering) {
    Lifeline lifeline;
    for (int i = 0; i < 10; ++i) {
        Popen p({child("writes_and_leaves_holder"), "60000"}, lifeline.tied({.linger = {.idle = 0ns, .total = 0ns}}));
        ASSERT_TRUE(support::dies_soon(p.pid()));
        const Completed done = p.communicate(soon());
        EXPECT_TRUE(same_bytes(pattern_bytes(60000), done.out));
        EXPECT_EQ(done.eof_out, Eof::cut);
    }
    lifeline.cut();
}

TEST(ExitContract, loses_nothing_of_a_child_that_wrote_much_and_left_a_holder) {
    Lifeline lifeline;
    Popen p({child("writes_and_leaves_holder"), "8000000"}, lifeline.tied());
    const Completed done = p.communicate(soon());
    EXPECT_TRUE(same_bytes(pattern_bytes(8000000), done.out));
    EXPECT_EQ(done.eof_out, Eof::cut);
    lifeline.cut();
}

TEST(ExitContract, listens_on_to_a_chatty_holder_up_to_the_total) {
    Lifeline lifeline;
    Popen p(holder("chatty"), lifeline.tied({.linger = {.idle = scaled(500ms), .total = scaled(600ms)}}));
    const Stopwatch watch;
    const Completed done = p.communicate(scaled(15s));
    EXPECT_GE(watch.elapsed(), scaled(600ms));
    EXPECT_LT(watch.elapsed(), scaled(600ms) + scaled(2s));
    EXPECT_EQ(done.eof_out, Eof::cut);
    EXPECT_THAT(done.out, testing::HasSubstr("tick\n"));
    EXPECT_EQ(done.holders.processes.size(), support::has(Feature::holders) ? 1u : 0u);
    lifeline.cut();
}

TEST(ExitContract, is_bounded_for_a_holder_that_floods) {
    Lifeline lifeline;
    Popen p(holder("flooding"), lifeline.tied({.linger = {.idle = 100ms, .total = 100ms}}));
    const Stopwatch watch;
    const Completed done = p.communicate(scaled(15s));
    EXPECT_LT(watch.elapsed(), 100ms + scaled(3s));
    EXPECT_EQ(done.eof_out, Eof::cut);
    EXPECT_EQ(done.status, ExitStatus::exited(3));
}

TEST(ExitContract, rearms_the_idle_time_with_each_piece) {
    // Ticks come every 20 ms, ten times within the idle time; it is the total that ends this.
    Lifeline lifeline;
    Popen p(holder("chatty"), lifeline.tied({.linger = {.idle = scaled(300ms), .total = scaled(1s)}}));
    const Stopwatch watch;
    p.communicate(scaled(15s));
    EXPECT_GE(watch.elapsed(), scaled(900ms));
    lifeline.cut();
}

TEST(ExitContract, waits_for_the_holder_when_lingering_is_infinite) {
    Lifeline lifeline;
    Popen p(holder("chatty"), lifeline.tied({.linger = {.idle = std::chrono::nanoseconds::max(),
                                                        .total = std::chrono::nanoseconds::max()}}));
    const Completed part = p.communicate(400ms);
    EXPECT_EQ(part.reason, Reason::timeout);
    EXPECT_EQ(part.status, ExitStatus::exited(3)) << "the child has ended; only its stream has not";
    EXPECT_EQ(part.eof_out, Eof::open);
    lifeline.cut();
    const Completed rest = p.communicate(soon());
    EXPECT_EQ(rest.reason, Reason::exited);
    EXPECT_EQ(rest.eof_out, Eof::complete);
    EXPECT_THAT(part.out + rest.out, testing::HasSubstr("tick\n"));
    EXPECT_THAT(rest.holders.processes, testing::IsEmpty());
}

TEST(ExitContract, says_complete_when_the_holder_ends_while_we_linger) {
    Lifeline lifeline;
    Popen p(holder("silent"), lifeline.tied({.linger = {.idle = scaled(8s), .total = scaled(8s)}}));
    auto cutter = std::async(std::launch::async, [&] {
        EXPECT_TRUE(support::dies_soon(p.pid()));
        lifeline.cut();
    });
    const Stopwatch watch;
    const Completed done = p.communicate(scaled(15s));
    EXPECT_EQ(done.eof_out, Eof::complete);
    EXPECT_LT(watch.elapsed(), scaled(7s));
    cutter.get();
}

TEST(ExitContract, waits_for_the_child_not_for_its_streams) {
    BACKCHAT_NEEDS(early_end);
    Popen p({child("closes_stdout_and_runs_on"), "7"});
    Received got;
    ASSERT_TRUE(support::eventually([&] { return (got = p.recv()).reason == Reason::end_of_file; }));
    EXPECT_EQ(p.eof(Stream::out), Eof::complete);
    EXPECT_EQ(p.wait(50ms).reason, Reason::timeout);
    p.close_stdin();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(7));
}

TEST(ExitContract, wait_comes_back_with_the_childs_exit_and_does_not_linger) {
    Lifeline lifeline;
    Popen p(holder("silent"), lifeline.tied({.linger = {.idle = 20s, .total = 20s}}));
    const Stopwatch watch;
    EXPECT_EQ(p.wait(scaled(15s)).status, ExitStatus::exited(3));
    EXPECT_LT(watch.elapsed(), scaled(5s));
    lifeline.cut();
}

TEST(ExitContract, take_rest_gives_what_is_there_and_waits_for_nobody) {
    Lifeline lifeline;
    Popen p(holder("silent"), lifeline.tied());
    EXPECT_TRUE(p.wait(soon()));
    const Stopwatch watch;
    const Completed rest = p.take_rest();
    EXPECT_LT(watch.elapsed(), scaled(2s));
    EXPECT_EQ(support::split(rest.out).size(), 1u);
    EXPECT_EQ(rest.reason, Reason::exited);
    EXPECT_EQ(rest.eof_out, Eof::cut);
    lifeline.cut();

    Popen runs({child("never_reads")});
    std::string out;
    EXPECT_TRUE(support::eventually([&] {
        const Completed piece = runs.take_rest();
        EXPECT_EQ(piece.reason, Reason::would_block);
        EXPECT_EQ(piece.eof_out, Eof::open);
        out += piece.out;
        return !out.empty();
    }));
    EXPECT_EQ(out, "ready\n");
}

TEST(ExitContract, names_a_living_child_as_a_holder_too) {
    BACKCHAT_NEEDS(holders);
    Popen p({child("never_reads")});
    read_lines(p, 1);
    const Holders holders = p.holders();
    ASSERT_EQ(holders.processes.size(), 1u);
    EXPECT_EQ(holders.processes[0].pid, p.pid());
    EXPECT_EQ(holders.processes[0].command, child("never_reads"));
}

TEST(ExitContract, names_nobody_where_there_is_no_pipe) {
    Popen p({child("never_writes")}, {.out = Redirect::discard(), .err = Redirect::discard()});
    EXPECT_THAT(p.holders().processes, testing::IsEmpty());
}

} // namespace
