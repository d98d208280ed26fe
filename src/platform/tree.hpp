#pragma once

#include "platform/poller.hpp"
#include "platform/process.hpp"

#include <backchat/options.hpp>
#include <backchat/result.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace backchat::platform {

/// How the descendants of a child can be told.
struct TreeScope {
    Pid child = 0;
    bool child_ended = false;   // it was reaped: its number may be anybody's
    bool leads_group = false;   // the child leads a process group of its own
    bool leads_session = false; // and a session
    Orphans orphans = Orphans::leave;
};

/// Reaps the children of this process that have ended, `child` apart. Never waits. Only with Orphans::adopt, which
/// makes every child of this process the tree's.
void reap_orphans(Pid child);

/// A child and its descendants. Remembers those it has seen, so that they are still known when their parent has died.
///
/// Threads: one caller at a time.
class Tree {
public:
    /// Requires: nobody reaps the child meanwhile.
    Tree(const Process &child, const TreeScope &scope);
    ~Tree();
    Tree(Tree &&) noexcept;
    Tree &operator=(Tree &&) noexcept;

    /// Looks for descendants, and sends a signal to each living member, and to no process that got a member's number later. Gives the number of
    /// processes it went to.
    std::size_t send_signal(int number);
    /// Brings the tree to a halt so that nobody forks any more, then kills all of it. Bounded by the deadline.
    void kill(Clock::time_point deadline);

    /// True when a living member was not killed yet: it came into being meanwhile.
    bool has_unkilled();
    /// True when no member is alive, and another look finds no new one. A zombie is not alive.
    bool empty();
    /// False when the child has not ended before and yet could not be looked at: whoever has its Process signals it.
    bool knows_child() const;
    /// One interest for each living member, up to a number that a small descriptor table can take: the others' turn
    /// comes when these have ended. Lifetime: until the next call.
    std::vector<Interest> interests();

    /// The members that have ended since they were signalled, and the living.
    TreeReport report();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace backchat::platform
