#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"

#include <csignal>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace {

using namespace integration;

void expect_all_dead(const std::vector<Pid> &pids) {
    for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
}

TEST(KillTree, finds_orphans_in_the_childs_own_session) {
    BACKCHAT_NEEDS(descendants);
    Popen p({child("starts_tree"), "orphaned", "own_group"}, {.new_session = true});
    const auto pids = numbers_in(support::split(read_lines(p, 3)));
    ASSERT_EQ(pids.size(), 2u);
    p.kill_tree();
    expect_all_dead(pids);
}

TEST(KillTree, kills_processes_that_were_stopped) {
    BACKCHAT_NEEDS(descendants);
    Popen p({child("starts_tree"), "same_group"});
    const auto pids = numbers_in(support::split(read_lines(p, 2)));
    EXPECT_EQ(p.send_signal_tree(SIGSTOP), 2u);
    p.kill_tree();
    expect_all_dead(pids);
}

BACKCHAT_HOST(adopts_orphans) {
    {
        Popen p({child("starts_tree"), "orphaned", "own_session", "deep"}, {.orphans = Orphans::adopt});
        const auto pids = numbers_in(support::split(read_lines(p, 6)));
        ASSERT_EQ(pids.size(), 4u);
        const TreeReport report = p.kill_tree();
        EXPECT_EQ(report.killed.size(), 5u);
        for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
    }
    EXPECT_THAT(support::children_of_ours(), testing::IsEmpty()) << "adopted, killed and not reaped";
#ifdef __linux__
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
#endif
}

TEST(KillTree, finds_adopted_orphans_wherever_they_went) {
    BACKCHAT_NEEDS(adoption);
    support::expect_host_succeeds("adopts_orphans");
}

} // namespace
