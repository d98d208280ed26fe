#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

namespace {

using namespace integration;

TEST(Stop, closing_stdin_is_enough_for_a_child_that_reads) {
    Popen p({child("never_writes"), "6"});
    const Stopwatch watch;
    const Stopped stopped = p.stop(scaled(15s));
    EXPECT_TRUE(stopped.ended);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::exited(6));
    ASSERT_EQ(stopped.steps.size(), 1u);
    EXPECT_EQ(stopped.steps[0].action, StopAction::close_stdin);
    EXPECT_TRUE(stopped.steps[0].ended);
    EXPECT_LT(watch.elapsed(), scaled(5s)) << "a step ends with the child";
    EXPECT_THAT(stopped.tree.survived, testing::IsEmpty());
}

TEST(Stop, terminates_a_child_that_does_not_read) {
    BACKCHAT_NEEDS(polite_signals);
    Popen p({child("ends_on_terminate"), "7"}, askable());
    read_lines(p, 1);
    const Stopped stopped = p.stop(400ms);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::exited(7));
    ASSERT_EQ(stopped.steps.size(), 2u);
    EXPECT_FALSE(stopped.steps[0].ended);
    EXPECT_GE(stopped.steps[0].took, 200ms);
    EXPECT_EQ(stopped.steps[1].action, StopAction::terminate);
    EXPECT_TRUE(stopped.steps[1].ended);
    EXPECT_EQ(p.recv().data, "terminating\n") << "what is said on the way out is kept";
}

TEST(Stop, kills_a_child_that_does_not_listen) {
    Popen p({child("ignores_terminate")}, askable());
    read_lines(p, 1);
    const Stopwatch watch;
    const Stopped stopped = p.stop(200ms);
    EXPECT_TRUE(stopped.ended);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::signaled(signal_kill));
    // Whom nobody can ask is not given time to answer.
    EXPECT_GE(watch.elapsed(), support::has(support::Feature::polite_signals) ? 200ms : 100ms);
    EXPECT_LT(watch.elapsed(), 200ms + scaled(1s));
    ASSERT_THAT(stopped.steps, testing::SizeIs(testing::Ge(2u)));
    EXPECT_FALSE(stopped.steps[0].ended);
    EXPECT_FALSE(stopped.steps[1].ended);
}

TEST(Stop, follows_the_callers_steps) {
    BACKCHAT_NEEDS(polite_signals);
    Popen p({child("ends_on_terminate"), "8"}, askable());
    read_lines(p, 1);
    const Stopped stopped = p.stop({{StopAction::interrupt, scaled(10s)}, {StopAction::kill, 1s}});
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::exited(8));
    EXPECT_EQ(stopped.steps.size(), 1u);
    EXPECT_EQ(p.recv().data, said_when_interrupted());
}

TEST(Stop, does_each_action_to_the_child) {
    const std::pair<StopAction, int> signals[] = {
        {StopAction::interrupt, signal_interrupt},      {StopAction::interrupt_tree, signal_interrupt},
        {StopAction::terminate, signal_terminate},      {StopAction::kill, signal_kill},
        {StopAction::terminate_tree, signal_terminate}, {StopAction::kill_tree, signal_kill}};
    for (const auto &[action, number] : signals) {
        Popen p({child("runs_until_killed")}, askable());
        read_lines(p, 1);
        const Stopped stopped = p.stop({{action, scaled(10s)}});
        EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ended_when_asked(number)) << to_string(action);
    }
}

TEST(Stop, of_a_tree_ends_all_of_it) {
    BACKCHAT_NEEDS(descendants);
    Popen p({child("starts_tree"), "same_group", "own_session", "ignoring"});
    const auto lines = support::split(read_lines(p, 5));
    const Stopped stopped = p.stop(late_stop(100ms));
    EXPECT_TRUE(stopped.ended);
    EXPECT_THAT(stopped.tree.survived, testing::IsEmpty());
    for (const auto pid : numbers_in(lines)) EXPECT_FALSE(support::is_alive(pid)) << pid;
}

TEST(Stop, with_no_steps_kills) {
    Popen p({child("ignores_terminate")});
    const Stopwatch watch;
    const Stopped stopped = p.stop(StopSequence{});
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::signaled(signal_kill));
    EXPECT_LT(watch.elapsed(), scaled(1s));
}

TEST(Stop, with_no_grace_kills) {
    Popen p({child("ignores_terminate")});
    read_lines(p, 1);
    const Stopwatch watch;
    EXPECT_EQ(static_cast<const ExitStatus &>(p.stop(0s)), ExitStatus::signaled(signal_kill));
    EXPECT_LT(watch.elapsed(), scaled(1s));
}

TEST(Stop, of_a_child_that_has_ended_gives_its_status) {
    Popen p({child("exit_with"), "5"});
    EXPECT_TRUE(p.wait(soon()));
    const Stopped stopped = p.stop(1s);
    EXPECT_TRUE(stopped.ended);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::exited(5));
    EXPECT_EQ(p.stop(1s).code(), 5);
}

TEST(Stop, drains_a_flood_meanwhile) {
    // Were it not drained, the child would hang in its write and never come to see that stdin is closed.
    Popen p({child("flood"), "both", "1000000"});
    const Stopped stopped = p.stop(scaled(10s));
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::exited(0));
}

TEST(Stop, of_a_child_that_floods_for_ever_is_bounded) {
    Popen p({child("flood"), "out", "forever"}, askable({.buffer_limit = 1 << 20}));
    const Stopwatch watch;
    const Stopped stopped = p.stop(200ms);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ended_when_asked());
    EXPECT_LT(watch.elapsed(), 200ms + scaled(1s));
}

TEST(Stop, needs_no_pipe) {
    Popen p({child("never_writes")},
            {.in = Redirect::discard(), .out = Redirect::discard(), .err = Redirect::discard()});
    EXPECT_EQ(static_cast<const ExitStatus &>(p.stop(1s)), ExitStatus::exited(0));
}

} // namespace
