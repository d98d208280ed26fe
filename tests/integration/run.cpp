#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"
#include "support/watchdog.hpp"

namespace {

using namespace integration;

TEST(Run, brings_everything_back_in_one_call) {
    const Completed r = run({child("echo_to_both")}, {.input = "text"});
    EXPECT_TRUE(r.success());
    EXPECT_EQ(r.out, "text");
    EXPECT_EQ(r.err, "text");
    EXPECT_EQ(r.reason, Reason::exited);
    EXPECT_EQ(r.status, ExitStatus::exited(0));
    EXPECT_EQ(r.eof_out, Eof::complete);
    EXPECT_EQ(r.bytes_sent, 4u);
    if (support::has(support::Feature::peak_memory)) {
        EXPECT_GT(r.usage.max_rss_bytes, 0u);
    }
    EXPECT_GT(r.wall, 0ns);
    EXPECT_THAT(r.tree.killed, testing::IsEmpty());
}

TEST(Run, gives_end_of_file_where_there_is_no_input) {
    EXPECT_TRUE(run({child("echo_back")}).success());
    EXPECT_TRUE(run({child("echo_back")}, {.timeout = scaled(10s)}).success());
}

TEST(Run, tells_how_a_child_failed) {
    EXPECT_EQ(run({child("exit_with"), "7"}).status, ExitStatus::exited(7));
    EXPECT_FALSE(run({child("exit_with"), "7"}).success());
    EXPECT_THROW(run({"/no/such/program"}), SpawnError);
}

TEST(Run, spawns_as_the_options_say) {
    const support::TemporaryDirectory folder;
    folder.write("input", "from a file");
    const Completed r = run({child("echo_back")}, {.spawn = {.in = Redirect::read_file(folder.path("input")),
                                                             .out = Redirect::truncate_file(folder.path("output"))}});
    EXPECT_TRUE(r.success());
    EXPECT_EQ(r.out, "");
    EXPECT_EQ(r.eof_out, Eof::not_a_pipe);
    EXPECT_EQ(folder.read("output"), "from a file");
}

TEST(Run, carries_64_MiB_both_ways) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    const Completed r = run({child("echo_back")}, {.input = data});
    EXPECT_TRUE(r.success());
    EXPECT_TRUE(same_bytes(data, r.out));
}

TEST(Run, stops_the_whole_tree_when_the_time_is_over) {
    BACKCHAT_NEEDS(descendants);
    // A child that never ends, with a grandchild that keeps the pipes: the oldest hang there is.
    const Stopwatch watch;
    const Completed r = run({child("starts_tree"), "same_group", "own_session"},
                            {.timeout = scaled(300ms), .grace = scaled(5s), .spawn = askable()});
    EXPECT_GE(watch.elapsed(), scaled(300ms));
    EXPECT_LT(watch.elapsed(), scaled(300ms) + scaled(2s))
        << "the tree ends on SIGTERM; there is no need for the grace";
    EXPECT_EQ(r.reason, Reason::timeout);
    EXPECT_EQ(r.status, ended_when_asked());
    EXPECT_THAT(r.out, testing::HasSubstr("ready\n")) << "what arrived is handed over";
    const auto pids = numbers_in(support::split(r.out));
    ASSERT_EQ(pids.size(), 2u);
    for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
    EXPECT_EQ(r.tree.killed.size(), 3u);
    EXPECT_THAT(r.tree.survived, testing::IsEmpty());
}

TEST(Run, is_bounded_by_timeout_and_grace_whatever_the_tree_does) {
    BACKCHAT_NEEDS(descendants);
    const Stopwatch watch;
    const Completed r =
        run({child("starts_tree"), "ignoring", "own_session"}, {.timeout = 300ms, .grace = 300ms, .spawn = askable()});
    // Whom nobody can ask is not given time to answer.
    const auto given = support::has(support::Feature::polite_signals) ? 500ms : 300ms;
    EXPECT_GE(watch.elapsed(), given) << "the tree is given the better part of its grace";
    EXPECT_LT(watch.elapsed(), 600ms + scaled(1s));
    EXPECT_EQ(r.reason, Reason::timeout);
    EXPECT_TRUE(r.tree.complete);
    EXPECT_THAT(r.tree.survived, testing::IsEmpty());
    EXPECT_THAT(support::marked_descendants(), testing::IsEmpty());
}

TEST(Run, is_bounded_for_children_that_ignore_or_flood) {
    const Stopwatch watch;
    const Completed ignoring = run({child("ignores_terminate")}, {.timeout = scaled(200ms), .grace = 100ms});
    EXPECT_EQ(ignoring.status, ExitStatus::signaled(signal_kill));
    EXPECT_EQ(ignoring.out, "ready\n");
    const Completed flooding = run({child("flood"), "out", "forever"}, {.timeout = 50ms, .grace = 100ms});
    EXPECT_EQ(flooding.reason, Reason::timeout);
    PatternReader reader;
    reader.take(flooding.out);
    EXPECT_TRUE(reader.intact());
    EXPECT_LT(watch.elapsed(), scaled(450ms) + scaled(3s));
}

TEST(Run, hands_over_what_is_said_in_the_grace) {
    BACKCHAT_NEEDS(polite_signals);
    const Completed r =
        run({child("ends_on_terminate"), "4"}, {.timeout = scaled(300ms), .grace = scaled(10s), .spawn = askable()});
    EXPECT_EQ(r.reason, Reason::timeout);
    EXPECT_EQ(r.status, ExitStatus::exited(4));
    EXPECT_EQ(r.out, "ready\nterminating\n");
}

TEST(Run, of_no_time_at_all_still_ends_the_child) {
    for (const auto timeout : {0ns, std::chrono::nanoseconds(-1s)}) {
        const Completed r = run({child("runs_until_killed")}, {.timeout = timeout, .grace = 0ns});
        EXPECT_EQ(r.reason, Reason::timeout);
        ASSERT_TRUE(r.status);
        EXPECT_TRUE(r.status->is_signaled());
    }
}

TEST(Run, with_an_endless_timeout_waits_for_the_child) {
    EXPECT_TRUE(run({child("exit_with"), "0"}, {.timeout = std::chrono::nanoseconds::max()}).success());
}

TEST(Run, does_not_hang_on_a_grandchild_and_leaves_it_alone) {
    Lifeline lifeline;
    const Stopwatch watch;
    const Completed r = run({child("holds_pipe"), "silent", "own_session", "exit", "0"},
                            {.timeout = scaled(15s), .spawn = lifeline.tied()});
    EXPECT_LT(watch.elapsed(), 200ms + scaled(2s));
    EXPECT_EQ(r.reason, Reason::exited);
    EXPECT_EQ(r.eof_out, Eof::cut);
    const Pid holder = std::stoll(r.out);
    EXPECT_TRUE(support::is_alive(holder));
    if (support::has(support::Feature::holders)) {
        ASSERT_EQ(r.holders.processes.size(), 1u);
        EXPECT_EQ(r.holders.processes[0].pid, holder);
    } else {
        EXPECT_FALSE(r.holders.complete);
    }
    lifeline.cut();
}

TEST(Run, is_bounded_by_the_timeout_when_a_holder_may_linger_for_ever) {
    Lifeline lifeline;
    constexpr auto endless = std::chrono::nanoseconds::max();
    const Stopwatch watch;
    const Completed r = run({child("holds_pipe"), "chatty", "same_group", "exit", "0"},
                            {.timeout = 500ms,
                             .grace = 100ms,
                             .spawn = lifeline.tied(askable({.new_session = support::has(support::Feature::session),
                                                             .linger = {.idle = endless, .total = endless}}))});
    EXPECT_LT(watch.elapsed(), 600ms + scaled(1s));
    EXPECT_EQ(r.reason, Reason::timeout);
    EXPECT_EQ(r.status, ExitStatus::exited(0));
    lifeline.cut();
}

} // namespace
