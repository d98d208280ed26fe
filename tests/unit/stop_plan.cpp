#include "core/stop_plan.hpp"

#include "unit/fake_time.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using namespace unit;
using backchat::Clock;
using backchat::late_stop;
using backchat::polite_stop;
using backchat::StopAction;
using backchat::StopSequence;
using backchat::StopStep;
using backchat::core::StopPlan;

constexpr std::chrono::nanoseconds no_end = std::chrono::nanoseconds::max();

/// A child and its descendants whose ends are known beforehand; times count from the start.
struct Tree {
    std::chrono::nanoseconds child_ends = no_end;
    std::chrono::nanoseconds descendants_end = 0s;

    StopPlan::State at(std::chrono::nanoseconds now) const {
        const bool child_ended = now >= child_ends;
        return {child_ended, child_ended && now >= descendants_end};
    }
};

/// What a plan has done with such a tree.
struct Walk {
    std::vector<std::pair<StopAction, std::chrono::nanoseconds>> actions; // and when
    std::vector<backchat::StepReport> steps;
    std::chrono::nanoseconds ended{};

    bool spoke_to_tree() const {
        return std::any_of(actions.begin(), actions.end(),
                           [](const auto &each) { return StopPlan::is_tree(each.first); });
    }
};

/// Carries a plan through as its driver does: it waits until something ends or the plan wants to be woken.
Walk walk(const StopSequence &sequence, const Tree &tree) {
    StopPlan plan(sequence);
    Walk walk;
    std::chrono::nanoseconds now{};
    for (int i = 0; i < 1000; ++i) {
        const auto action = plan.next(tree.at(now), at(now));
        if (plan.done()) {
            EXPECT_FALSE(action) << "a plan that is done has nothing more to do";
            EXPECT_FALSE(plan.next(tree.at(now), at(now)));
            EXPECT_EQ(plan.action(), std::nullopt);
            EXPECT_TRUE(walk.actions.empty() || plan.concerns_tree() == walk.spoke_to_tree());
            walk.steps = plan.steps();
            walk.ended = now;
            return walk;
        }
        if (action) {
            walk.actions.emplace_back(*action, now);
            EXPECT_EQ(plan.action(), *action);
            EXPECT_EQ(plan.concerns_tree(), walk.spoke_to_tree());
            continue;
        }
        std::chrono::nanoseconds next = plan.wake_at() == never ? no_end : plan.wake_at() - start;
        for (const auto end : {tree.child_ends, tree.descendants_end})
            if (end > now) next = std::min(next, end);
        if (next <= now || next == no_end) throw std::runtime_error("the plan spins, or waits for ever");
        now = next;
    }
    throw std::runtime_error("the plan comes to no end");
}

using Actions = std::vector<std::pair<StopAction, std::chrono::nanoseconds>>;

const StopSequence three_steps = {
    {StopAction::close_stdin, 100ms}, {StopAction::terminate, 200ms}, {StopAction::kill, 300ms}};

TEST(StopSequence, is_polite_by_halves) {
    const StopSequence sequence = polite_stop(3s);
    ASSERT_EQ(sequence.size(), 2u);
    EXPECT_EQ(sequence[0].action, StopAction::close_stdin);
    EXPECT_EQ(sequence[0].grace, 1500ms);
    EXPECT_EQ(sequence[1].action, StopAction::terminate);
    EXPECT_EQ(sequence[1].grace, 1500ms);
}

TEST(StopSequence, is_polite_for_no_longer_and_no_shorter_than_asked) {
    for (const auto grace : {0ns, 1ns, 7ns, no_end}) {
        const StopSequence sequence = polite_stop(grace);
        EXPECT_EQ(sequence[0].grace + sequence[1].grace, grace);
    }
}

TEST(StopSequence, keeps_the_kill_of_a_late_childs_tree_within_the_grace) {
    const StopSequence sequence = late_stop(2s);
    ASSERT_EQ(sequence.size(), 2u);
    EXPECT_EQ(sequence[0].action, StopAction::terminate_tree);
    EXPECT_EQ(sequence[0].grace, 1500ms);
    EXPECT_EQ(sequence[1].action, StopAction::kill_tree);
    EXPECT_EQ(sequence[1].grace, 500ms);
}

TEST(StopSequence, gives_the_kill_of_a_late_childs_tree_a_tenth_of_a_second_at_least) {
    for (const auto grace : {0ns, 1ns, std::chrono::nanoseconds(100ms)}) {
        const StopSequence sequence = late_stop(grace);
        EXPECT_LE(sequence[0].grace, grace);
        EXPECT_EQ(sequence[1].grace, 100ms);
    }
    EXPECT_EQ(late_stop(no_end)[0].grace + late_stop(no_end)[1].grace, no_end);
}

TEST(StopPlan, tells_which_actions_concern_the_tree) {
    for (const auto action : {StopAction::interrupt_tree, StopAction::terminate_tree, StopAction::kill_tree})
        EXPECT_TRUE(StopPlan::is_tree(action)) << to_string(action);
    for (const auto action : {StopAction::close_stdin, StopAction::interrupt, StopAction::terminate, StopAction::kill})
        EXPECT_FALSE(StopPlan::is_tree(action)) << to_string(action);
}

TEST(StopPlan, does_nothing_to_a_child_that_has_ended) {
    const Walk done = walk(three_steps, {.child_ends = 0s});
    EXPECT_EQ(done.actions, Actions{});
    EXPECT_TRUE(done.steps.empty());
    EXPECT_EQ(done.ended, 0s);
}

TEST(StopPlan, takes_one_step_after_the_other_and_kills_the_tree_in_the_end) {
    const Walk done = walk(three_steps, {.child_ends = 700ms});
    EXPECT_EQ(done.actions, (Actions{{StopAction::close_stdin, 0ms},
                                     {StopAction::terminate, 100ms},
                                     {StopAction::kill, 300ms},
                                     {StopAction::kill_tree, 600ms}}));
    EXPECT_EQ(done.ended, 700ms);
}

TEST(StopPlan, ends_with_the_step_that_is_obeyed) {
    for (const auto &[child_ends, steps] :
         {std::pair{50ms, 1u}, std::pair{150ms, 2u}, std::pair{599ms, 3u}, std::pair{1000ms, 4u}}) {
        const Walk done = walk(three_steps, {.child_ends = child_ends});
        EXPECT_EQ(done.actions.size(), steps);
        EXPECT_EQ(done.ended, child_ends);
        ASSERT_EQ(done.steps.size(), steps);
        std::chrono::nanoseconds sum{};
        for (std::size_t i = 0; i < steps; ++i) {
            EXPECT_EQ(done.steps[i].action, done.actions[i].first);
            EXPECT_EQ(done.steps[i].ended, i + 1 == steps);
            sum += done.steps[i].took;
        }
        EXPECT_EQ(sum, child_ends);
    }
}

TEST(StopPlan, says_how_long_each_step_took) {
    const Walk done = walk(three_steps, {.child_ends = 140ms});
    ASSERT_EQ(done.steps.size(), 2u);
    EXPECT_EQ(done.steps[0].took, 100ms);
    EXPECT_EQ(done.steps[1].took, 40ms);
}

TEST(StopPlan, gives_up_a_second_after_the_last_kill) {
    const Walk done = walk(three_steps, {});
    EXPECT_EQ(done.actions.back(), std::pair(StopAction::kill_tree, std::chrono::nanoseconds(600ms)));
    EXPECT_EQ(done.ended, 1600ms);
    for (const auto &step : done.steps) EXPECT_FALSE(step.ended);
    ASSERT_EQ(done.steps.size(), 4u);
    EXPECT_EQ(done.steps[3].took, 1s);
}

TEST(StopPlan, kills_the_tree_when_there_are_no_steps) {
    const Walk obeyed = walk({}, {.child_ends = 5ms});
    EXPECT_EQ(obeyed.actions, (Actions{{StopAction::kill_tree, 0ms}}));
    EXPECT_EQ(obeyed.ended, 5ms);
    EXPECT_EQ(walk({}, {}).ended, 1s);
}

TEST(StopPlan, takes_a_kill_of_the_tree_at_the_end_for_the_last_one) {
    const Walk done = walk({{StopAction::kill_tree, 300ms}}, {});
    EXPECT_EQ(done.actions, (Actions{{StopAction::kill_tree, 0ms}}));
    EXPECT_EQ(done.ended, 300ms);
}

TEST(StopPlan, kills_the_tree_once_more_when_that_was_not_the_last_step) {
    const Walk done = walk({{StopAction::kill_tree, 100ms}, {StopAction::terminate, 100ms}}, {});
    EXPECT_EQ(done.actions,
              (Actions{{StopAction::kill_tree, 0ms}, {StopAction::terminate, 100ms}, {StopAction::kill_tree, 200ms}}));
}

TEST(StopPlan, does_all_at_once_when_no_time_is_given) {
    const Walk done =
        walk({{StopAction::close_stdin, 0s}, {StopAction::terminate, 0s}, {StopAction::kill_tree, 0s}}, {});
    EXPECT_EQ(done.actions,
              (Actions{{StopAction::close_stdin, 0s}, {StopAction::terminate, 0s}, {StopAction::kill_tree, 0s}}));
    EXPECT_EQ(done.ended, 0s);
    EXPECT_EQ(done.steps.size(), 3u);
}

TEST(StopPlan, takes_a_negative_grace_for_none) {
    const Walk done = walk({{StopAction::terminate, -5s}}, {.child_ends = 10ms});
    EXPECT_EQ(done.actions, (Actions{{StopAction::terminate, 0s}, {StopAction::kill_tree, 0s}}));
    EXPECT_EQ(done.ended, 10ms);
}

TEST(StopPlan, waits_for_ever_when_the_grace_is_infinite) {
    const Walk done = walk({{StopAction::terminate, no_end}}, {.child_ends = 1000h});
    EXPECT_EQ(done.actions, (Actions{{StopAction::terminate, 0s}}));
    EXPECT_EQ(done.ended, 1000h);
}

TEST(StopPlan, leaves_the_descendants_of_a_child_that_obeys_a_step_of_its_own) {
    const Walk done = walk(three_steps, {.child_ends = 150ms, .descendants_end = no_end});
    EXPECT_EQ(done.ended, 150ms);
    EXPECT_EQ(done.actions.size(), 2u);
}

TEST(StopPlan, waits_for_the_whole_tree_once_it_was_spoken_to) {
    const StopSequence sequence = {{StopAction::terminate_tree, 500ms}};
    const Walk slow = walk(sequence, {.child_ends = 100ms, .descendants_end = 400ms});
    EXPECT_EQ(slow.actions, (Actions{{StopAction::terminate_tree, 0s}}));
    EXPECT_EQ(slow.ended, 400ms);

    const Walk killed = walk(sequence, {.child_ends = 100ms, .descendants_end = 510ms});
    EXPECT_EQ(killed.actions, (Actions{{StopAction::terminate_tree, 0s}, {StopAction::kill_tree, 500ms}}));
    EXPECT_EQ(killed.ended, 510ms);

    EXPECT_EQ(walk(sequence, {.child_ends = 100ms, .descendants_end = no_end}).ended, 1500ms);
}

TEST(StopPlan, waits_for_the_tree_in_later_steps_that_are_the_childs_alone) {
    const StopSequence sequence = {{StopAction::interrupt_tree, 100ms}, {StopAction::terminate, 100ms}};
    const Walk done = walk(sequence, {.child_ends = 150ms, .descendants_end = 250ms});
    EXPECT_EQ(
        done.actions,
        (Actions{{StopAction::interrupt_tree, 0ms}, {StopAction::terminate, 100ms}, {StopAction::kill_tree, 200ms}}));
    EXPECT_EQ(done.ended, 250ms);
}

TEST(StopPlan, speaks_to_the_tree_of_a_child_that_has_ended_when_that_is_the_first_step) {
    const Walk done = walk(late_stop(500ms), {.child_ends = 0s, .descendants_end = 200ms});
    EXPECT_EQ(done.actions, (Actions{{StopAction::terminate_tree, 0s}}));
    EXPECT_EQ(done.ended, 200ms);
}

TEST(StopPlan, says_of_one_step_alone_that_the_child_ended_in_it) {
    const Walk done = walk({{StopAction::terminate_tree, 500ms}}, {.child_ends = 100ms, .descendants_end = 510ms});
    ASSERT_EQ(done.steps.size(), 2u);
    EXPECT_TRUE(done.steps[0].ended);
    EXPECT_FALSE(done.steps[1].ended) << "it had ended before";

    const Walk before = walk(late_stop(500ms), {.child_ends = 0s, .descendants_end = 200ms});
    ASSERT_EQ(before.steps.size(), 1u);
    EXPECT_FALSE(before.steps[0].ended) << "it had ended before";
}

TEST(StopPlan, gives_no_time_to_a_step_that_could_not_be_delivered) {
    StopPlan plan({{StopAction::terminate, 2s}, {StopAction::kill, 1s}});
    EXPECT_EQ(plan.next({}, at(0s)), StopAction::terminate);
    plan.on_undelivered(at(0s));
    EXPECT_EQ(plan.next({}, at(0s)), StopAction::kill);
    EXPECT_EQ(plan.wake_at(), at(1s));
    EXPECT_FALSE(plan.next({}, at(0s)));
    plan.next({.child_ended = true}, at(500ms));

    ASSERT_TRUE(plan.done());
    ASSERT_EQ(plan.steps().size(), 2U);
    EXPECT_FALSE(plan.steps()[0].delivered);
    EXPECT_EQ(plan.steps()[0].took, 0s);
    EXPECT_TRUE(plan.steps()[1].delivered);
    EXPECT_TRUE(plan.steps()[1].ended);
}

} // namespace
