#include "core/stop_plan.hpp"

#include <algorithm>
#include <utility>

namespace backchat {

StopSequence polite_stop(std::chrono::nanoseconds grace) {
    return {{StopAction::close_stdin, grace / 2}, {StopAction::terminate, grace - grace / 2}};
}

StopSequence late_stop(std::chrono::nanoseconds grace) {
    const auto kill = std::max<std::chrono::nanoseconds>(grace / 4, std::chrono::milliseconds(100));
    return {{StopAction::terminate_tree, grace - grace / 4}, {StopAction::kill_tree, kill}};
}

namespace core {

StopPlan::StopPlan(StopSequence sequence) : sequence_(std::move(sequence)) {
    if (sequence_.empty() || sequence_.back().action != StopAction::kill_tree)
        sequence_.push_back({StopAction::kill_tree, kill_bound});
}

bool StopPlan::is_tree(StopAction action) {
    switch (action) {
    case StopAction::interrupt_tree:
    case StopAction::terminate_tree:
    case StopAction::kill_tree: return true;
    case StopAction::close_stdin:
    case StopAction::interrupt:
    case StopAction::terminate:
    case StopAction::kill: break;
    }
    return false;
}

bool StopPlan::concerns_tree() const {
    // A child that obeys a step of its own leaves its descendants as they are. The first step counts from the start.
    const auto spoken = sequence_.begin() + static_cast<std::ptrdiff_t>(begun_ || step_ == 0 ? step_ + 1 : step_);
    return std::any_of(sequence_.begin(), spoken, [](const StopStep &step) { return is_tree(step.action); });
}

bool StopPlan::satisfied(State state) const { return state.child_ended && (!concerns_tree() || state.tree_ended); }

void StopPlan::finish_step(State state, Clock::time_point now) {
    reports_.push_back({sequence_[step_].action, now - step_began_, state.child_ended && !had_ended_, delivered_});
    begun_ = false;
    ++step_;
}

std::optional<StopAction> StopPlan::next(State state, Clock::time_point now) {
    if (done_) return std::nullopt;
    if (begun_ && (satisfied(state) || now >= step_until_)) {
        const bool ended = satisfied(state);
        finish_step(state, now);
        done_ = ended || step_ == sequence_.size();
    } else if (!begun_ && satisfied(state)) {
        done_ = true;
    } else if (begun_) {
        return std::nullopt;
    }
    if (done_) return std::nullopt;
    begun_ = true;
    delivered_ = true;
    had_ended_ = state.child_ended;
    step_began_ = now;
    step_until_ = Deadline::after(sequence_[step_].grace, now);
    return sequence_[step_].action;
}

void StopPlan::on_undelivered(Clock::time_point now) {
    delivered_ = false;
    step_until_ = now;
}

} // namespace core
} // namespace backchat
