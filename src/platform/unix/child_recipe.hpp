#pragma once

#include "platform/unix/child_plan.hpp"
#include "platform/unix/descriptor.hpp"

#include <backchat/options.hpp>

#include <string>
#include <vector>

namespace backchat::platform {

/// Owns all that a ChildPlan points to.
class ChildRecipe {
public:
    /// Requires: as platform::spawn().
    /// On error: throws SpawnError (open).
    ChildRecipe(const std::vector<std::string> &argv, const Options &options);
    ChildRecipe(const ChildRecipe &) = delete;
    ChildRecipe &operator=(const ChildRecipe &) = delete;

    /// Has the child find `fd`, its end of a pipe of ours, as one of its standard streams.
    void place_pipe(int target, FileDescriptor fd);

    /// Gives the plan, which points into this object. Whoever follows it adds the signal mask, and the report pipe.
    ChildPlan &finish(ChildReport &report);

    const std::string &program() const { return program_; }
    const Options &options() const { return options_; }

private:
    template <class Do>
    void for_each_redirect(Do act);
    void place_existing(int target, const Redirect &to);
    void open_file(int target, const Redirect &to);
    void place_file(int target, const std::string &path, int flags);
    void set_limits();
    void set_affinity();

    const Options &options_;
    std::string program_;
    std::vector<std::string> block_;
    std::vector<std::string> candidates_;
    std::vector<const char *> candidate_pointers_;
    std::vector<char *> argv_pointers_;
    std::vector<char *> environment_pointers_;
    std::vector<FileDescriptor> opened_; // closed in the parent once the child runs
    std::vector<Placement> placements_;
    std::vector<int> kept_;
    std::vector<ChildLimit> limits_;
    std::vector<std::uint64_t> affinity_;
    ChildPlan plan_{};
};

} // namespace backchat::platform
