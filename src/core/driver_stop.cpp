// Ending a child: the part of the driver that signals and kills.

#include "base/signal_number.hpp"
#include "core/driver.hpp"
#include "core/driver_guards.hpp"
#include "core/stop_plan.hpp"

#include <backchat/error.hpp>

#include <system_error>
#include <utility>

namespace backchat::core {
namespace {

constexpr std::chrono::nanoseconds destructor_bound = std::chrono::seconds(2);

/// A child that has become another user's cannot be signalled; and not every system has each signal for each child.
bool is_no_way(const std::error_code &code) {
    return code == std::errc::operation_not_permitted || code == std::errc::not_supported;
}

/// The child's exit, whether or not a buffer is full: its writers are about to end.
class ExitOfRunning : public Operation {
public:
    /// A child that had ended before is no news: then only the deadline and the tree end the wait.
    explicit ExitOfRunning(bool had_ended) : had_ended_(had_ended) {}
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point) override {
        if (talk.status() && !had_ended_) return Reason::exited;
        return std::nullopt;
    }

private:
    bool had_ended_;
};

} // namespace

platform::Tree Driver::make_tree() {
    const Lock lock(mutex_); // while it is held, nobody reaps the child: its number is its own
    check_exit();
    platform::TreeScope scope = scope_;
    scope.child_ended = talk_.status().has_value();
    return platform::Tree(process_, scope);
}

std::size_t Driver::send_signal_tree(int number) {
    platform::Tree tree = make_tree();
    return named(Stage::signal, [&] { return signal_tree(tree, number); });
}

std::size_t Driver::signal_tree(platform::Tree &tree, int number) {
    const std::size_t sent = tree.send_signal(number);
    // A system that lets us look at no process still lets us signal our own child.
    return !tree.knows_child() && signal_if_allowed(number) ? sent + 1 : sent;
}

bool Driver::signal_if_allowed(int number) {
    try {
        return send_signal(number);
    } catch (const Error &error) {
        if (!is_no_way(error.code())) throw;
        return false;
    }
}

void Driver::act(StopAction action, std::optional<platform::Tree> &tree, Clock::time_point until) {
    if (StopPlan::is_tree(action) && !tree) tree = make_tree();
    switch (action) {
    case StopAction::close_stdin: close_stdin(); break;
    case StopAction::interrupt: send_signal(base::signal_interrupt); break;
    case StopAction::terminate: send_signal(base::signal_terminate); break;
    case StopAction::kill: send_signal(base::signal_kill); break;
    case StopAction::interrupt_tree: signal_tree(*tree, base::signal_interrupt); break;
    case StopAction::terminate_tree: signal_tree(*tree, base::signal_terminate); break;
    case StopAction::kill_tree:
        tree->kill(until);
        if (!tree->knows_child()) signal_if_allowed(base::signal_kill);
        break;
    }
}

/// Gives false when there was no way to: a step of a stop that has no effect, not its end.
bool Driver::perform(StopAction action, std::optional<platform::Tree> &tree, Clock::time_point until) {
    try {
        act(action, tree, until);
        return true;
    } catch (const std::system_error &error) {
        if (!is_no_way(error.code())) throw;
        return false;
    }
}

/// Waits for news of the step under way: the child's end, a member's, or the end of its grace.
void Driver::await_end(const StopPlan &plan, bool child_ended, platform::Tree *tree) {
    std::vector<platform::Interest> members;
    if (plan.concerns_tree()) members = tree->interests();
    // The last of them has ended since the plan was asked: there is no more news to come.
    if (child_ended && members.empty()) return;
    Lock lock(mutex_);
    ExitOfRunning exit(child_ended);
    drive(lock, exit, plan.wake_at(), members);
}

Stopped Driver::stop(const StopSequence &sequence) {
    StopPlan plan(sequence);
    std::optional<platform::Tree> tree;
    // The child may have ended already, and its tree not.
    if (!sequence.empty() && StopPlan::is_tree(sequence.front().action)) tree = make_tree();
    for (;;) {
        const bool child_ended = poll().has_value();
        const bool tree_ended = !tree || tree->empty();
        const auto action = plan.next({child_ended, tree_ended}, Clock::now());
        if (plan.done()) break;
        if (action && !perform(*action, tree, plan.wake_at())) plan.on_undelivered(Clock::now());
        else if (action) continue;
        else if (plan.action() == StopAction::kill_tree && tree->has_unkilled()) tree->kill(plan.wake_at());
        else await_end(plan, child_ended, tree ? &*tree : nullptr);
    }

    Stopped stopped;
    if (const auto found = poll()) {
        static_cast<ExitStatus &>(stopped) = *found;
        stopped.ended = true;
    }
    stopped.steps = plan.steps();
    if (tree) {
        stopped.tree = tree->report();
        if (!tree->knows_child())
            (stopped.ended ? stopped.tree.killed : stopped.tree.survived).push_back({pid_, program_});
    }
    const Lock lock(mutex_);
    killed_ = !stopped.steps.empty() && stopped.steps.back().action == StopAction::kill_tree;
    return stopped;
}

Reason Driver::wait_and_drop(const Deadline &until) {
    Lock lock(mutex_);
    for (;;) {
        Exit exit;
        const Reason reason = drive(lock, exit, until);
        for (const Stream stream : {Stream::out, Stream::err}) talk_.bytes(stream).clear();
        if (reason != Reason::limit) return reason;
    }
}

void Driver::end_by(OnDestroy policy) {
    switch (policy) {
    case OnDestroy::kill_tree: stop({{StopAction::kill_tree, kill_bound}}); break;
    case OnDestroy::kill:
        send_signal(base::signal_kill);
        wait_and_drop(destructor_bound);
        break;
    case OnDestroy::terminate:
        close_stdin();
        signal_if_allowed(base::signal_terminate);
        if (wait_and_drop(destructor_bound) != Reason::exited) stop({{StopAction::kill_tree, kill_bound}});
        break;
    case OnDestroy::wait:
        close_stdin();
        wait_and_drop(forever);
        break;
    case OnDestroy::detach: break;
    }
}

void Driver::finish(OnDestroy policy) noexcept {
    try {
        // One that was killed, and has not ended in the time for that, gets no second time.
        if (!poll() && !killed_) end_by(policy);
    } catch (const std::exception &) {
        // No memory, or the system refused to wait or to signal; a destructor has nobody to tell. What needs neither
        // is still done.
        if (policy != OnDestroy::wait && policy != OnDestroy::detach) process_.kill();
    }
    // Detached, or not even a kill was obeyed in time (an uninterruptible sleep): it is reaped whenever it ends.
    const Lock lock(mutex_);
    if (!talk_.status()) platform::Process::reap_in_background(std::move(process_));
}

} // namespace backchat::core
