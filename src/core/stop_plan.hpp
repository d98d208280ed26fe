#pragma once

#include <backchat/deadline.hpp>
#include <backchat/stop.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace backchat::core {

/// How long the forced kill at the end of every sequence is given.
inline constexpr std::chrono::nanoseconds kill_bound = std::chrono::seconds(1);

/// Walks through a stop sequence. Pure: told the time and who has ended, it says what to do now and until when to wait.
class StopPlan {
public:
    /// What is known of the child and its descendants.
    struct State {
        bool child_ended = false;
        bool tree_ended = true;
    };

    /// `sequence`, with a kill of the tree behind it unless it ends in one.
    explicit StopPlan(StopSequence sequence);

    /// Gives the action to carry out now. Nothing: wait until wake_at(), if not done().
    std::optional<StopAction> next(State state, Clock::time_point now);
    /// The action just given could not be carried out: nobody was asked, so nobody is given time.
    void on_undelivered(Clock::time_point now);
    bool done() const { return done_; }
    Clock::time_point wake_at() const { return step_until_; }
    /// The action of the step under way, if there is one.
    std::optional<StopAction> action() const { return begun_ ? std::optional(sequence_[step_].action) : std::nullopt; }
    /// True once a step was about the whole tree: then all of it has to go.
    bool concerns_tree() const;

    const std::vector<StepReport> &steps() const { return reports_; }

    static bool is_tree(StopAction action);

private:
    bool satisfied(State state) const;
    void finish_step(State state, Clock::time_point now);

    StopSequence sequence_;
    std::vector<StepReport> reports_;
    std::size_t step_ = 0;
    Clock::time_point step_began_{};
    Clock::time_point step_until_{};
    bool begun_ = false; // the action of step_ was handed out
    bool delivered_ = true;
    bool had_ended_ = false; // the child, before step_ began
    bool done_ = false;
};

} // namespace backchat::core
