#include "platform/tree.hpp"

#include "platform/linux/member.hpp"
#include "platform/linux/proc.hpp"
#include "platform/linux/raw.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <list>

#include <sched.h>
#include <unistd.h>

namespace backchat::platform {

class Tree::Impl {
public:
    static constexpr std::size_t most_interests = 16;

    explicit Impl(const TreeScope &scope) : scope_(scope) {
        if (scope.child_ended || !proc::can_look()) return;
        if (const auto child = proc::stat(static_cast<pid_t>(scope.child))) members_.emplace_back(*child);
    }

    bool knows_child() const {
        return scope_.child_ended || (!members_.empty() && members_.front().pid() == scope_.child);
    }

    std::size_t refresh() {
        const std::size_t before = members_.size();
        if (!proc::can_look()) {
            complete_ = false;
            return 0;
        }
        if (scope_.leads_group || scope_.leads_session) add_companions();
        if (scope_.orphans == Orphans::adopt)
            for (const proc::Stat &stat : children_of(::getpid())) add(stat);
        // The list grows while it is walked: children of children come behind.
        for (const Member &member : members_)
            if (!member.dead()) add_children(member);
        return members_.size() - before;
    }

    std::size_t send_signal(int number) {
        refresh();
        return static_cast<std::size_t>(
            std::count_if(members_.begin(), members_.end(), [&](Member &each) { return each.send_signal(number); }));
    }

    void kill(Clock::time_point deadline) {
        halt(deadline);
        for (Member &member : members_) member.send_signal(SIGKILL);
    }

    bool empty() {
        if (scope_.orphans == Orphans::adopt) reap_orphans(scope_.child);
        return std::all_of(members_.begin(), members_.end(), [](const Member &each) { return each.dead(); });
    }

    std::vector<Interest> interests() {
        std::vector<Interest> all;
        for (Member &member : members_)
            if (all.size() < most_interests && !member.dead()) all.push_back({&member});
        return all;
    }

    TreeReport report() {
        TreeReport report;
        report.complete = complete_;
        for (const Member &member : members_) {
            if (!member.dead()) report.survived.push_back(member.info());
            else if (member.signalled()) report.killed.push_back(member.info());
        }
        return report;
    }

private:
    void add(const proc::Stat &stat) {
        const bool known = std::any_of(members_.begin(), members_.end(), [&](const Member &each) {
            return each.pid() == stat.pid && each.start_time() == stat.start_time;
        });
        if (!known && !stat.dead()) members_.emplace_back(stat);
    }

    /// Adds the children of a member. When it has died meanwhile, the number may have been another's.
    void add_children(const Member &member) {
        const std::vector<proc::Stat> found = children_of(member.pid());
        if (member.dead()) return;
        for (const proc::Stat &stat : found) add(stat);
    }

    /// A number listed may be another's by the time it is looked at: its parent tells.
    static std::vector<proc::Stat> children_of(pid_t parent) {
        std::vector<proc::Stat> found;
        for (const pid_t pid : proc::children(parent))
            if (const auto stat = proc::stat(pid); stat && stat->parent == parent) found.push_back(*stat);
        return found;
    }

    /// Adds those that share the group or the session that the child leads.
    void add_companions() {
        std::vector<proc::Stat> found;
        for (const proc::Stat &stat : proc::all_stats())
            if ((scope_.leads_group && stat.group == scope_.child) ||
                (scope_.leads_session && stat.session == scope_.child))
                found.push_back(stat);
        if (child_number_reused()) return;
        for (const proc::Stat &stat : found) add(stat);
    }

    /// Once the child was reaped, and its group is empty, its number can become another's, and so can the group's. It
    /// can't as long as the group has members; so whoever bears the number tells.
    bool child_number_reused() {
        if (number_reused_) return true;
        const auto bearer = proc::stat(static_cast<pid_t>(scope_.child));
        number_reused_ = bearer && (members_.empty() || members_.front().pid() != scope_.child ||
                                    members_.front().start_time() != bearer->start_time);
        return number_reused_;
    }

    /// Stops all members, so that nobody forks between the last look and the kill. Those that come into being
    /// meanwhile are found and stopped in turn. Gives up at half of the time: the kill is worth more.
    void halt(Clock::time_point deadline) {
        const auto now = Clock::now();
        const auto halt_until = now + std::min<Clock::duration>((deadline - now) / 2, std::chrono::milliseconds(200));
        std::size_t told = 0;
        do {
            refresh();
            for (auto member = std::next(members_.begin(), static_cast<std::ptrdiff_t>(told)); member != members_.end();
                 ++member)
                member->send_signal(SIGSTOP);
            const bool all_told = told == members_.size();
            told = members_.size();
            if (all_told && all_halted()) return;
            ::sched_yield(); // a stop takes effect when its process next leaves the kernel
        } while (Clock::now() < halt_until);
    }

    bool all_halted() const {
        return std::all_of(members_.begin(), members_.end(), [](const Member &each) {
            const auto stat = proc::stat(each.pid());
            return stat ? stat->start_time != each.start_time() || stat->halted() : each.dead();
        });
    }

    TreeScope scope_;
    std::list<Member> members_; // interests point to them
    bool number_reused_ = false;
    bool complete_ = true;
};

void reap_orphans(Pid child) {
    const pid_t self = ::getpid();
    for (const pid_t pid : proc::children(self)) {
        if (pid == child) continue;
        siginfo_t info;
        raw::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG, nullptr);
    }
}

Tree::Tree(const TreeScope &scope) : impl_(std::make_unique<Impl>(scope)) {}
Tree::~Tree() = default;
Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;

bool Tree::knows_child() const { return impl_->knows_child(); }

std::size_t Tree::refresh() { return impl_->refresh(); }

std::size_t Tree::send_signal(int number) { return impl_->send_signal(number); }

void Tree::kill(Clock::time_point deadline) { impl_->kill(deadline); }

bool Tree::empty() { return impl_->empty(); }

std::vector<Interest> Tree::interests() { return impl_->interests(); }

TreeReport Tree::report() { return impl_->report(); }

} // namespace backchat::platform
