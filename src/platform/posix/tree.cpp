#include "platform/tree.hpp"

#include "platform/posix/member.hpp"
#include "platform/posix/process_impl.hpp"

#include <cerrno>
#include <csignal>
#include <optional>
#include <vector>

#include <unistd.h>

namespace backchat::platform {

/// The child, and the process group that it leads. Descendants outside of that group cannot be found by calls that every
/// Unix has: no report is complete.
class Tree::Impl {
public:
    Impl(const Process &child, const TreeScope &scope) : child_(child.impl()), had_ended_(scope.child_ended) {
        if (scope.leads_group) group_.emplace(child_);
    }

    std::size_t send_signal(int number) {
        const bool alive = !child_.has_ended();
        const bool to_group = group_ && group_->send_signal(number);
        // The child may have left its group, or leads none.
        if (alive && to_group && ::getpgid(child_.pid) == child_.pid) return note(number);
        if (alive && child_.send_signal(number) == 0) return note(number);
        return to_group ? 1 : 0;
    }

    void kill() {
        tried_to_kill_ = true;
        send_signal(SIGKILL);
    }

    bool has_unkilled() { return !tried_to_kill_ && !empty(); }

    bool empty() {
        if (group_ && !group_->dead()) {
            if (tried_to_kill_) group_->send_signal(SIGKILL); // who was born while the first one was sent
            return false;
        }
        return child_.has_ended();
    }

    /// Of the child's own end, the waiting driver hears by its Process.
    std::vector<Interest> interests() {
        std::vector<Interest> all;
        if (group_ && child_.has_ended() && !group_->dead()) all.push_back({&*group_});
        return all;
    }

    TreeReport report() const {
        TreeReport report;
        report.complete = false;
        const ProcessInfo child{child_.pid, child_.command};
        if (had_ended_) return report;
        if (!child_.has_ended()) report.survived.push_back(child);
        else if (last_signal_ != 0) report.killed.push_back(child);
        return report;
    }

private:
    std::size_t note(int number) {
        last_signal_ = number;
        return 1;
    }

    const Process::Impl &child_;
    const bool had_ended_;
    std::optional<Member> group_;
    int last_signal_ = 0; // that went to the child
    bool tried_to_kill_ = false;
};

/// Orphans::adopt was refused.
void reap_orphans(Pid) {}

Tree::Tree(const Process &child, const TreeScope &scope) : impl_(std::make_unique<Impl>(child, scope)) {}
Tree::~Tree() = default;
Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;

bool Tree::knows_child() const { return true; }

bool Tree::has_unkilled() { return impl_->has_unkilled(); }

std::size_t Tree::send_signal(int number) { return impl_->send_signal(number); }

void Tree::kill(Clock::time_point) { impl_->kill(); }

bool Tree::empty() { return impl_->empty(); }

std::vector<Interest> Tree::interests() { return impl_->interests(); }

TreeReport Tree::report() { return impl_->report(); }

} // namespace backchat::platform
