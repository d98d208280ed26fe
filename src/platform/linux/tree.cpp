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
    explicit Impl(const TreeScope &scope) : scope_(scope) {
        if (const auto child = proc::stat(static_cast<pid_t>(scope.child))) {
            if (!scope.child_ended) members_.emplace_back(*child);
            else number_reused_ = true; // then the group and the session of that number are another's too
        }
    }

    std::size_t refresh() {
        const std::size_t before = members_.size();
        if (scope_.leads_group || scope_.leads_session) add_companions();
        if (scope_.orphans == Orphans::adopt) add_children(::getpid());
        // The list grows while it is walked: children of children come behind.
        for (const Member &member : members_)
            if (!member.dead()) add_children(member.pid());
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
            if (!member.dead()) all.push_back({&member});
        return all;
    }

    TreeReport report() {
        TreeReport report;
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

    /// Adds the children of a process. A number listed may be another's by the time it is looked at: its parent tells.
    void add_children(pid_t parent) {
        for (const pid_t pid : proc::children(parent))
            if (const auto stat = proc::stat(pid); stat && stat->parent == parent) add(*stat);
    }

    /// Adds those that share the group or the session that the child leads.
    void add_companions() {
        if (number_reused_) return;
        for (const proc::Stat &stat : proc::all_stats())
            if ((scope_.leads_group && stat.group == scope_.child) ||
                (scope_.leads_session && stat.session == scope_.child))
                add(stat);
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
            return !stat || stat->start_time != each.start_time() || stat->halted();
        });
    }

    TreeScope scope_;
    std::list<Member> members_; // interests point to them
    bool number_reused_ = false;
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

std::size_t Tree::refresh() { return impl_->refresh(); }

std::size_t Tree::send_signal(int number) { return impl_->send_signal(number); }

void Tree::kill(Clock::time_point deadline) { impl_->kill(deadline); }

bool Tree::empty() { return impl_->empty(); }

std::vector<Interest> Tree::interests() { return impl_->interests(); }

TreeReport Tree::report() { return impl_->report(); }

} // namespace backchat::platform
