/// Trees are jobs.
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"
#include "support/windows/system.hpp"

#include <fstream>

namespace {

using namespace integration;

BACKCHAT_HOST(adopts_orphans) {
    Popen p({child("starts_tree"), "orphaned", "own_session", "deep"}, {.orphans = Orphans::adopt});
    const auto pids = numbers_in(support::split(read_lines(p, 6)));
    ASSERT_EQ(pids.size(), 4u);
    EXPECT_EQ(p.kill_tree().killed.size(), 5u);
    for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
}

TEST(KillTree, finds_adopted_orphans_wherever_they_went) { support::expect_host_succeeds("adopts_orphans"); }

TEST(KillTree, finds_orphans_without_being_told_to_look_for_them) {
    Popen p({child("starts_tree"), "orphaned", "deep"});
    const auto pids = numbers_in(support::split(read_lines(p, 5)));
    ASSERT_EQ(pids.size(), 3u);
    p.kill_tree();
    for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
}

/// Prints the numbers of a tree and is ended in the middle of it.
BACKCHAT_HOST(is_ended_by_force) {
    Popen p({child("starts_tree"), "same_group", "own_session"});
    const auto said = std::to_string(p.pid()) + '\n' + read_lines(p, 3);
    std::fwrite(said.data(), 1, said.size(), stdout);
    std::fflush(stdout);
    ::TerminateProcess(::GetCurrentProcess(), 77);
}

TEST(KillTree, comes_with_the_end_of_a_host_that_had_no_time_for_it) {
    const auto run = support::run_program(support::host_argv("is_ended_by_force"));
    EXPECT_EQ(run.ended, "exit code 77");
    std::string said = run.said;
    std::erase(said, '\r'); // the C runtime's, at the end of each line
    const auto pids = numbers_in(support::split(said));
    ASSERT_EQ(pids.size(), 3u) << said;
    for (const auto pid : pids) EXPECT_TRUE(support::dies_soon(pid)) << pid;
}

} // namespace
