#pragma once

// What the new process does between clone or fork and exec: the steps and their order, for every Unix.

#include "platform/unix/child_plan.hpp"

#include <cerrno>

namespace backchat::platform {

/// Whether a descriptor stays open when all others are closed.
inline bool is_kept(const ChildPlan &plan, int fd) {
    if (fd == plan.report_pipe) return true;
    for (std::size_t i = 0; i < plan.kept_count; ++i)
        if (plan.kept[i] == fd) return true;
    return false;
}

/// Goes through a plan. No allocation, no lock, no exception, nothing that knows of threads: whatever lock another thread
/// held when the new process came into being is held there for ever.
///
/// System has the calls, which are async-signal-safe. Each gives a negative number, with errno, when it has failed.
template <class System>
class ChildSteps {
public:
    explicit ChildSteps(ChildPlan &plan) : plan_(plan) {}

    [[noreturn]] void run() {
        System::reset_signals(plan_.default_signals);
        set_session_and_group();
        set_priorities();
        place_descriptors();
        if (plan_.close_others) System::close_others(plan_); // before the limits: counting goes up to the old one
        if (plan_.cwd) require(System::chdir(plan_.cwd), Stage::working_directory);
        set_limits_and_identity();
        execute();
    }

private:
    [[noreturn]] void fail(Stage stage, int error) {
        plan_.report->stage = stage;
        plan_.report->error = error;
        plan_.report->failed = true;
        if (plan_.report_pipe >= 0) System::write(plan_.report_pipe, plan_.report, sizeof *plan_.report);
        for (;;) System::exit(127);
    }

    void require(long result, Stage stage) {
        if (result < 0) fail(stage, errno);
    }

    void set_session_and_group() {
        if (plan_.new_session) require(System::setsid(), Stage::session);
        // The leader of a session leads a group already, and may not be moved.
        if (plan_.set_group && !plan_.new_session) require(System::setpgid(plan_.group), Stage::process_group);
    }

    void set_priorities() {
        if (plan_.umask) System::umask(*plan_.umask);
        if (plan_.nice) require(System::add_nice(*plan_.nice), Stage::nice);
        if (plan_.affinity) require(System::set_affinity(plan_.affinity, plan_.affinity_size), Stage::cpu_affinity);
    }

    bool is_target(int fd, std::size_t but_for) const {
        for (std::size_t i = 0; i < plan_.placement_count; ++i)
            if (i != but_for && plan_.placements[i].target == fd) return true;
        return false;
    }

    /// Gives a copy of `fd` at a number that nothing is to be placed at; -1 with errno when there is none.
    int move_away(int fd) {
        int from = 3;
        for (;;) {
            const int copy = System::copy_from(fd, from);
            if (copy < 0 || !is_target(copy, plan_.placement_count)) return copy;
            System::close(copy);
            from = copy + 1;
        }
    }

    void place_descriptors() {
        // First everything that another placement would overwrite goes out of the way: swaps, cycles, chains.
        if (plan_.report_pipe >= 0 && is_target(plan_.report_pipe, plan_.placement_count)) {
            const int moved = move_away(plan_.report_pipe);
            require(moved, Stage::descriptors);
            plan_.report_pipe = moved;
        }
        for (std::size_t i = 0; i < plan_.placement_count; ++i) {
            Placement &each = plan_.placements[i];
            if (!is_target(each.source, i)) continue;
            const int moved = move_away(each.source);
            require(moved, Stage::descriptors);
            each.source = moved;
        }
        for (std::size_t i = 0; i < plan_.placement_count; ++i) place(plan_.placements[i]);
    }

    void place(const Placement &each) {
        if (each.source < 0) System::close(each.target);
        else if (each.source == each.target) require(System::make_inheritable(each.target), Stage::descriptors);
        else require(System::copy_to(each.source, each.target), Stage::descriptors);
    }

    void set_limits_and_identity() {
        // After what may need privileges: raising a limit, chdir. Before the user changes: the groups.
        for (std::size_t i = 0; i < plan_.limit_count; ++i)
            require(System::set_limit(plan_.limits[i]), Stage::resource_limit);
        if (plan_.set_groups) require(System::setgroups(plan_.group_count, plan_.groups), Stage::setgroups);
        if (plan_.gid) require(System::setgid(*plan_.gid), Stage::setgid);
        if (plan_.uid) require(System::setuid(*plan_.uid), Stage::setuid);
        if (plan_.no_new_privs) require(System::set_no_new_privs(), Stage::no_new_privs);
    }

    /// As execvp(3): what is not there, or not ours to run, leaves the rest of PATH to be tried.
    static bool may_be_further_on(int error) {
        return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ENODEV ||
               error == ESTALE || error == ETIMEDOUT;
    }

    [[noreturn]] void execute() {
        System::set_signal_mask(*plan_.signal_mask);
        int error = ENOENT;
        for (const char *const *path = plan_.candidates; *path != nullptr; ++path) {
            System::execve(*path, plan_.argv, plan_.environment);
            const bool only_one = path == plan_.candidates && path[1] == nullptr;
            if (only_one || !may_be_further_on(errno)) fail(Stage::exec, errno);
            // That something was there is the better message in the end.
            if (errno == EACCES) error = EACCES;
        }
        fail(Stage::exec, error);
    }

    ChildPlan &plan_;
};

} // namespace backchat::platform
