#include "platform/tree.hpp"

#include "platform/linux/member.hpp"
#include "platform/linux/proc.hpp"
#include "platform/linux/raw.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <list>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <sched.h>
#include <unistd.h>

namespace backchat::platform {

class Tree::Impl {
public:
    explicit Impl(const TreeScope &scope) : scope_(scope), group_(static_cast<pid_t>(scope.child)) {
        if (scope.child_ended || !proc::can_look()) return;
        if (const auto child = proc::stat(static_cast<pid_t>(scope.child))) add(*child);
    }

    bool knows_child() const {
        return scope_.child_ended || (!members_.empty() && members_.front().pid() == scope_.child);
    }

    /// Looks for new members; gives their number. A look that is broken off leaves the tree incomplete.
    std::size_t refresh(Clock::time_point until) {
        const std::size_t before = members_.size();
        if (!proc::can_look()) {
            complete_ = false;
            return 0;
        }
        if (scope_.leads_group || scope_.leads_session) add_companions();
        if (scope_.orphans == Orphans::adopt)
            for (const proc::Stat &stat : children_of(::getpid())) add(stat);
        if (members_.size() <= few_members) add_by_lists(until);
        if (members_.size() > few_members) add_by_parents(until);
        return members_.size() - before;
    }

    std::size_t send_signal(int number) {
        refresh(Clock::now() + look_bound);
        return static_cast<std::size_t>(
            std::count_if(members_.begin(), members_.end(), [&](Member &each) { return each.send_signal(number); }));
    }

    void kill(Clock::time_point deadline) {
        const auto now = Clock::now();
        halt(deadline - (deadline - now) / 4);
        signal_group(SIGKILL);
        for (Member &member : members_) member.send_signal(SIGKILL);
    }

    bool has_unkilled() {
        return std::any_of(members_.begin(), members_.end(),
                           [](Member &each) { return each.last_tried() != SIGKILL && !each.dead(); });
    }

    bool empty() {
        const bool all_dead = std::all_of(members_.begin(), members_.end(), [](Member &each) { return each.dead(); });
        const bool none_left = all_dead && refresh(Clock::now() + look_bound) == 0;
        // Only now: what a member left when it died is ours since then.
        if (scope_.orphans == Orphans::adopt) reap_orphans(scope_.child);
        return none_left;
    }

    std::vector<Interest> interests() {
        constexpr std::size_t most_interests = 16;
        std::vector<Interest> all;
        for (Member &member : members_) {
            if (all.size() == most_interests) break;
            if (!member.dead()) all.push_back({&member});
        }
        return all;
    }

    TreeReport report() {
        TreeReport report;
        report.complete = complete_;
        for (Member &member : members_) {
            if (!member.dead()) report.survived.push_back(member.info());
            else if (member.last_signal() != 0) report.killed.push_back(member.info());
        }
        return report;
    }

private:
    /// How long one look at the tree may take.
    static constexpr auto look_bound = std::chrono::milliseconds(500);
    /// Up to this number, reading each member's list of children costs less than reading every process's parent.
    static constexpr std::size_t few_members = 32;

    void add(const proc::Stat &stat) {
        if (stat.dead() || stat.pid == ::getpid()) return;
        const auto [known, added] = starts_.try_emplace(stat.pid, stat.start_time);
        if (!added && known->second == stat.start_time) return;
        known->second = stat.start_time;
        members_.emplace_back(stat,
                              members_.size() < few_members ? Member::Describe::fully : Member::Describe::by_name);
        // Before its children are looked at: what it has then is all that it will ever have.
        if (halting_) members_.back().send_signal(SIGSTOP);
    }

    /// The list of members grows while it is walked: children of children come behind. Against one that forks faster
    /// than we look, only the clock helps.
    void add_by_lists(Clock::time_point until) {
        for (Member &member : members_) {
            if (members_.size() > few_members) return;
            if (Clock::now() >= until) {
                complete_ = false;
                return;
            }
            if (!member.dead()) add_children(member);
        }
    }

    /// One pass over all processes for all members at once; again until it finds nobody new.
    void add_by_parents(Clock::time_point until) {
        for (std::size_t before = 0; before != members_.size();) {
            before = members_.size();
            if (Clock::now() >= until) {
                complete_ = false;
                return;
            }
            std::vector<proc::Stat> stats = proc::all_stats();
            // Of a member that has died meanwhile, the number may have been another's.
            std::unordered_set<pid_t> parents;
            for (Member &member : members_)
                if (!member.dead()) parents.insert(member.pid());
            // By age: a child comes after its parent, and is then among the parents itself.
            std::sort(stats.begin(), stats.end(),
                      [](const proc::Stat &a, const proc::Stat &b) { return a.start_time < b.start_time; });
            for (const proc::Stat &stat : stats)
                if (parents.contains(stat.parent)) {
                    add(stat);
                    parents.insert(stat.pid);
                }
        }
    }

    /// Adds the children of a member. When it has died meanwhile, the number may have been another's.
    void add_children(Member &member) {
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
            if ((scope_.leads_group && stat.group == group_) || (scope_.leads_session && stat.session == group_))
                found.push_back(stat);
        if (child_number_reused()) return;
        for (const proc::Stat &stat : found) add(stat);
    }

    /// Once the child was reaped, and its group is empty, its number can become another's, and so can the group's. It
    /// can't as long as the group has members; so whoever bears the number tells.
    bool child_number_reused() {
        if (number_reused_) return true;
        const auto bearer = proc::stat(group_);
        number_reused_ = bearer && (members_.empty() || members_.front().pid() != group_ ||
                                    members_.front().start_time() != bearer->start_time);
        return number_reused_;
    }

    /// The kernel reaches all of a group at once: nobody in it escapes by forking.
    void signal_group(int number) {
        if (scope_.leads_group && proc::can_look() && !child_number_reused()) ::kill(-group_, number);
    }

    /// Stops all members, so that nobody forks between the last look and the kill. Those that come into being
    /// meanwhile are found and stopped in turn.
    void halt(Clock::time_point until) {
        halting_ = true;
        signal_group(SIGSTOP);
        for (Member &member : members_) member.send_signal(SIGSTOP);
        while (refresh(until) > 0 || !all_halted()) {
            if (Clock::now() >= until) {
                complete_ = false; // whoever is killed while it can fork may leave children that nobody knows
                break;
            }
            ::sched_yield(); // a stop takes effect when its process next leaves the kernel
        }
        halting_ = false;
    }

    bool all_halted() {
        return std::all_of(members_.begin(), members_.end(), [](Member &each) {
            const bool refused = each.last_tried() == SIGSTOP && each.last_signal() != SIGSTOP;
            if (refused || each.dead()) return true;
            const auto stat = proc::stat(each.pid());
            return stat && (stat->start_time != each.start_time() || stat->halted());
        });
    }

    const TreeScope scope_;
    const pid_t group_;         // the child's number is also that of the group and the session that it leads
    std::list<Member> members_; // the child first; interests point to them
    std::unordered_map<pid_t, std::uint64_t> starts_; // of the members, by number
    bool number_reused_ = false;
    bool complete_ = true;
    bool halting_ = false;
};

void reap_orphans(Pid child) {
    const pid_t self = ::getpid();
    for (const pid_t pid : proc::children(self)) {
        if (pid == child) continue;
        siginfo_t info;
        raw::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG, nullptr);
    }
}

Tree::Tree(const Process &, const TreeScope &scope) : impl_(std::make_unique<Impl>(scope)) {}
Tree::~Tree() = default;
Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;

bool Tree::knows_child() const { return impl_->knows_child(); }

bool Tree::has_unkilled() { return impl_->has_unkilled(); }

std::size_t Tree::send_signal(int number) { return impl_->send_signal(number); }

void Tree::kill(Clock::time_point deadline) { impl_->kill(deadline); }

bool Tree::empty() { return impl_->empty(); }

std::vector<Interest> Tree::interests() { return impl_->interests(); }

TreeReport Tree::report() { return impl_->report(); }

} // namespace backchat::platform
