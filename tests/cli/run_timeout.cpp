#include "cli/command.hpp"
#include "integration/lifeline.hpp"
#include "support/feature.hpp"
#include "support/native_handle.hpp"
#include "support/process_table.hpp"

namespace {

using namespace cli_tests;
using support::dies_soon;

TEST(RunTimeout, stops_descendants_wherever_they_went) {
    BACKCHAT_NEEDS(descendants);
    const auto [done, json] =
        report_of({"--timeout", "1", "--grace", "200ms"},
                  {child("starts_tree"), "same_group", "own_group", "own_session", "orphaned", "ignoring", "deep"});
    EXPECT_EQ(code_of(done), 124);
    const auto pids = numbers_in(support::split(done.out));
    EXPECT_EQ(pids.size(), 7u) << done.out;
    for (const Pid pid : pids) EXPECT_TRUE(dies_soon(pid)) << pid;
    EXPECT_EQ(json["tree"]["killed"].size(), 8u) << json["tree"];
    EXPECT_THAT(json["tree"]["survived"], IsEmpty());
}

TEST(RunTimeout, gives_the_child_its_grace_and_passes_on_its_last_words) {
    BACKCHAT_NEEDS(polite_signals);
    Popen p(run_with({"--timeout", "300ms", "--grace", "1h"}, {child("ends_on_terminate"), "7"}));
    EXPECT_EQ(read_until_text(p, "terminating\n"), "ready\nterminating\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(124));
}

TEST(RunTimeout, kills_after_the_grace) {
    const auto [done, json] = report_of({"--timeout", "200ms", "--grace", "300ms"}, {child("ignores_terminate")});
    EXPECT_EQ(code_of(done), 124);
    // A part of the grace is for the kill. Who cannot be asked to end is given none.
    EXPECT_GE(done.wall, support::has(support::Feature::polite_signals) ? 400ms : 200ms);
    EXPECT_LT(done.wall, scaled(1s));
    EXPECT_EQ(json["status"]["kind"], "signaled");
    EXPECT_EQ(json["status"]["signal"], 9);
}

TEST(RunTimeout, kills_at_once_without_grace) {
    const Completed done = ended(run_with({"--timeout", "200ms", "--grace", "0"}, {child("ignores_terminate")}));
    EXPECT_EQ(code_of(done), 124);
    EXPECT_LT(done.wall, scaled(700ms));
}

TEST(RunTimeout, ends_a_child_that_never_pauses) {
    const Completed done =
        ended(run_with({"--timeout", "300ms", "--grace", "100ms"}, {child("flood"), "both", "forever"}));
    EXPECT_EQ(code_of(done), 124);
    EXPECT_LT(done.wall, scaled(1s));
}

TEST(RunTimeout, bounds_the_whole_when_nobody_reads_our_output) {
    const support::Pipe unread;
    const support::Stopwatch watch;
    Popen p(run_with({"--timeout", "300ms", "--grace", "300ms"}, {child("flood"), "out", "forever"}),
            {.out = Redirect::handle(unread.write.get())});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(124));
    EXPECT_LT(watch.elapsed(), scaled(1200ms));
}

TEST(RunTimeout, tells_when_a_child_that_ended_in_time_was_not_read_in_time) {
    const support::Pipe unread;
    Popen p(run_with({"--timeout", "300ms", "--grace", "100ms"}, {child("flood"), "out", "500000"}),
            {.out = Redirect::handle(unread.write.get())});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(124));
}

TEST(RunTimeout, leaves_a_child_alone_that_ends_in_time) {
    EXPECT_EQ(code_of(command_ended({"run", "--timeout", "1h", "--", child("exit_with"), "3"})), 3);
}

TEST(RunTimeout, that_passes_while_we_linger_is_none_of_the_child_s) {
    const Lifeline lifeline;
    const auto [done, json] =
        report_of({"--timeout", "500ms", "--linger", "forever"},
                  {child("holds_pipe"), "silent", "same_group", "exit", "5"}, {.spawn = lifeline.tied()});
    EXPECT_EQ(code_of(done), 5);
    EXPECT_GE(done.wall, 500ms);
    EXPECT_LT(done.wall, scaled(1200ms));
    EXPECT_EQ(json["reason"], "exited");
    EXPECT_EQ(json["eof"]["stdout"], "cut");
    EXPECT_TRUE(support::is_alive(std::stoll(done.out))) << "who outlives the child on purpose is not stopped";
}

} // namespace
