#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

namespace {

using namespace integration;
using support::Feature;

std::vector<Pid> pids_of(const std::vector<ProcessInfo> &processes) {
    std::vector<Pid> pids;
    for (const auto &each : processes) pids.push_back(each.pid);
    return pids;
}

void expect_all_dead(const std::vector<Pid> &pids) {
    for (const auto pid : pids) EXPECT_FALSE(support::is_alive(pid)) << pid;
}

TEST(KillTree, reaches_descendants_that_left_the_group_and_the_session) {
    BACKCHAT_NEEDS(descendants);
    Popen p({child("starts_tree"), "same_group", "own_group", "own_session", "ignoring", "deep"});
    // Numbers and words come in any order: six numbers, "ignoring", "deep" and "ready".
    auto pids = numbers_in(support::split(read_lines(p, 9)));
    ASSERT_EQ(pids.size(), 6u);
    const TreeReport report = p.kill_tree();
    expect_all_dead(pids);
    pids.push_back(p.pid());
    EXPECT_THAT(pids_of(report.killed), testing::UnorderedElementsAreArray(pids));
    EXPECT_THAT(report.survived, testing::IsEmpty());
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(p.poll(), ExitStatus::signaled(signal_kill));
    for (const auto &killed : report.killed) EXPECT_THAT(killed.command, testing::StartsWith(child("starts_tree")));
}

TEST(KillTree, of_a_child_alone_kills_it) {
    Popen p({child("ignores_terminate")});
    const TreeReport report = p.kill_tree();
    EXPECT_THAT(pids_of(report.killed), testing::ElementsAre(p.pid()));
    EXPECT_EQ(p.wait(0s).status, ExitStatus::signaled(signal_kill));
}

TEST(KillTree, of_a_child_that_has_ended_is_empty) {
    Popen p({child("exit_with"), "3"});
    EXPECT_TRUE(p.wait(soon()));
    const TreeReport report = p.kill_tree();
    EXPECT_THAT(report.killed, testing::IsEmpty());
    EXPECT_THAT(report.survived, testing::IsEmpty());
    EXPECT_EQ(p.poll(), ExitStatus::exited(3));
}

TEST(KillTree, finds_orphans_in_the_childs_own_group) {
    Popen p({child("starts_tree"), "orphaned"}, {.process_group = ProcessGroup::own()});
    const auto pids = numbers_in(support::split(read_lines(p, 2)));
    p.kill_tree();
    expect_all_dead(pids);
}

TEST(KillTree, finds_the_group_of_a_child_that_has_ended) {
    Lifeline lifeline;
    for (const bool session : {true, false}) {
        if (session && !support::has(Feature::session)) continue;
        Options options;
        if (session) options.new_session = true;
        else options.process_group = ProcessGroup::own();
        Popen p({child("holds_pipe"), "silent", "same_group", "exit", "0"}, lifeline.tied(options));
        const auto pids = numbers_in(support::split(read_lines(p, 1)));
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
        EXPECT_TRUE(support::is_alive(pids.at(0)));
        const TreeReport report = p.kill_tree();
        EXPECT_EQ(pids_of(report.killed), support::has(Feature::descendants) ? pids : std::vector<Pid>());
        expect_all_dead(pids);
    }
}

TEST(KillTree, catches_a_tree_that_goes_on_forking) {
    Popen p({child("forks_for_ever")}, reachable());
    read_until_text(p, "started");
    const TreeReport report = p.kill_tree(scaled(5s));
    EXPECT_THAT(report.survived, testing::IsEmpty());
    EXPECT_THAT(support::marked_descendants(), testing::IsEmpty());
}

TEST(KillTree, leaves_all_others_alone) {
    Popen other({child("starts_tree"), "same_group"}, reachable());
    const auto pids = numbers_in(support::split(read_lines(other, 2)));
    Popen p({child("starts_tree"), "same_group"}, reachable());
    read_lines(p, 2);
    p.kill_tree();
    EXPECT_FALSE(other.poll());
    EXPECT_TRUE(support::is_alive(pids.at(0)));
}

TEST(KillTree, says_that_a_report_may_be_incomplete_where_descendants_cannot_be_found) {
    Popen p({child("starts_tree"), "own_session"});
    const auto pids = numbers_in(support::split(read_lines(p, 2)));
    const TreeReport report = p.kill_tree();
    EXPECT_EQ(report.complete, support::has(Feature::descendants));
    EXPECT_THAT(pids_of(report.killed), testing::Contains(p.pid()));
    for (const auto pid : pids) support::kill_process(pid);
}

} // namespace
