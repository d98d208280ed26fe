#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/native_handle.hpp"
#include "support/process_table.hpp"

#include <optional>

namespace {

using namespace integration;

/// A tree of three whose numbers are known: the child and what it started.
struct Tree {
    std::optional<Popen> p;
    Pid pid;
    std::vector<Pid> descendants;

    explicit Tree(OnDestroy policy) {
        p.emplace(std::vector<std::string>{child("starts_tree"), "same_group", "own_session"},
                  Options{.on_destroy = policy});
        pid = p->pid();
        descendants = numbers_in(support::split(read_lines(*p, 3)));
    }
    void kill_the_rest() const {
        for (const auto each : descendants) support::kill_process(each);
    }
};

TEST(OnDestroy, kills_the_tree_by_default) {
    BACKCHAT_NEEDS(descendants);
    EXPECT_EQ(Options().on_destroy, OnDestroy::kill_tree);
    Tree tree(OnDestroy::kill_tree);
    const Stopwatch watch;
    tree.p.reset();
    EXPECT_LT(watch.elapsed(), scaled(2s));
    EXPECT_TRUE(support::is_gone(tree.pid)) << "killed and reaped";
    for (const auto each : tree.descendants) EXPECT_FALSE(support::is_alive(each)) << each;
}

TEST(OnDestroy, kills_the_child_alone) {
    Tree tree(OnDestroy::kill);
    tree.p.reset();
    EXPECT_TRUE(support::is_gone(tree.pid));
    for (const auto each : tree.descendants) EXPECT_TRUE(support::is_alive(each)) << each;
    tree.kill_the_rest();
}

TEST(OnDestroy, asks_to_terminate) {
    BACKCHAT_NEEDS(polite_signals);
    support::Pipe output;
    {
        std::optional<Popen> p(
            std::in_place, std::vector<std::string>{child("ends_on_terminate"), "0"},
            askable({.out = Redirect::handle(output.write.get()), .on_destroy = OnDestroy::terminate}));
        output.write.reset();
        ASSERT_EQ(support::read_some(output.read.get()), "ready\n");
    }
    EXPECT_EQ(support::read_all(output.read.get()), "terminating\n");
}

TEST(OnDestroy, kills_the_tree_of_a_child_that_does_not_terminate) {
    std::optional<Popen> p(std::in_place, std::vector<std::string>{child("ignores_terminate")},
                           Options{.on_destroy = OnDestroy::terminate});
    read_lines(*p, 1);
    const Pid pid = p->pid();
    const Stopwatch watch;
    p.reset();
    EXPECT_LT(watch.elapsed(), 2s + scaled(1s));
    EXPECT_TRUE(support::is_gone(pid));
}

TEST(OnDestroy, waits_and_reads_what_is_left) {
    support::Pipe side;
    {
        const Popen p({child("flood"), "both", "1000000"}, {.on_destroy = OnDestroy::wait});
        const Popen q({child("writes_names_to_descriptors"), "9"},
                      {.descriptors = {{9, Redirect::handle(side.write.get())}}, .on_destroy = OnDestroy::wait});
    }
    side.write.reset();
    EXPECT_EQ(support::read_all(side.read.get()), "to 9\n");
}

TEST(OnDestroy, gives_a_child_that_reads_its_end_of_file_when_it_waits) {
    const Popen p({child("echo_back")}, {.on_destroy = OnDestroy::wait});
}

TEST(OnDestroy, detaches_and_reaps_later) {
    Lifeline lifeline;
    Pid pid = 0;
    {
        Popen p({child("holds_pipe"), "silent", "same_group", "stay"},
                lifeline.tied({.on_destroy = OnDestroy::detach}));
        pid = p.pid();
        read_lines(p, 1);
    }
    EXPECT_TRUE(support::is_alive(pid));
    lifeline.cut();
    // Not even a zombie; the guard waits for the thread that has reaped it.
    EXPECT_TRUE(support::eventually([pid] { return support::is_gone(pid); }));
}

TEST(OnDestroy, leaves_the_descendants_of_a_child_that_has_ended) {
    for (const auto policy :
         {OnDestroy::kill_tree, OnDestroy::kill, OnDestroy::terminate, OnDestroy::wait, OnDestroy::detach}) {
        Lifeline lifeline;
        Pid holder = 0;
        const Stopwatch watch;
        {
            Popen p({child("holds_pipe"), "silent", "same_group", "exit", "0"},
                    lifeline.tied({.new_session = support::has(support::Feature::session), .on_destroy = policy}));
            holder = numbers_in(support::split(read_lines(p, 1))).at(0);
            EXPECT_TRUE(p.wait(soon()));
        }
        EXPECT_TRUE(support::is_alive(holder));
        EXPECT_LT(watch.elapsed(), scaled(5s));
        lifeline.cut();
        EXPECT_TRUE(support::dies_soon(holder));
    }
}

TEST(OnDestroy, leaves_no_zombie_of_a_child_that_nobody_waited_for) {
    for (const auto policy :
         {OnDestroy::kill_tree, OnDestroy::kill, OnDestroy::terminate, OnDestroy::wait, OnDestroy::detach}) {
        Pid pid = 0;
        {
            const Popen p({child("exit_with"), "0"}, {.on_destroy = policy});
            pid = p.pid();
            ASSERT_TRUE(support::dies_soon(pid));
        }
        EXPECT_TRUE(support::eventually([pid] { return support::is_gone(pid); }));
    }
}

TEST(OnDestroy, is_bounded_for_a_child_that_floods) {
    const Stopwatch watch;
    for (const auto policy : {OnDestroy::kill_tree, OnDestroy::kill, OnDestroy::terminate}) {
        const Popen p({child("flood"), "both", "forever"}, {.on_destroy = policy});
    }
    EXPECT_LT(watch.elapsed(), scaled(5s));
}

} // namespace
