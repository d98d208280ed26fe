#include "integration/talk.hpp"
#include "support/process_table.hpp"

#include <type_traits>
#include <utility>

namespace {

using namespace integration;

static_assert(!std::is_copy_constructible_v<Popen>);
static_assert(std::is_nothrow_move_constructible_v<Popen>);
static_assert(std::is_nothrow_move_assignable_v<Popen>);

TEST(Popen, may_be_moved_in_the_middle_of_a_talk) {
    Popen first({child("echo_back")});
    const Pid pid = first.pid();
    first.send("one ");
    Popen second(std::move(first));
    EXPECT_EQ(second.pid(), pid);
    second.send("two");
    const Completed done = second.communicate(soon());
    EXPECT_EQ(done.out, "one two");
    EXPECT_TRUE(done.success());
}

TEST(Popen, that_was_moved_from_may_be_destroyed_and_assigned_to) {
    Popen first({child("echo_back")});
    { const Popen second(std::move(first)); }
    first = Popen({child("exit_with"), "3"});
    EXPECT_EQ(first.wait(soon()).status, ExitStatus::exited(3));
}

TEST(Popen, that_is_assigned_to_treats_its_old_child_as_on_destruction) {
    Popen p({child("runs_until_killed")});
    const Pid old = p.pid();
    p = Popen({child("exit_with"), "4"});
    EXPECT_TRUE(support::is_gone(old));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(4));
}

TEST(Popen, may_be_swapped) {
    Popen first({child("exit_with"), "1"});
    Popen second({child("exit_with"), "2"});
    std::swap(first, second);
    EXPECT_EQ(first.wait(soon()).status, ExitStatus::exited(2));
    EXPECT_EQ(second.wait(soon()).status, ExitStatus::exited(1));
}

TEST(Popen, talks_line_by_line) {
    Popen p({child("answers_lines")});
    EXPECT_EQ(read_lines(p, 1), "hello\n");
    for (int i = 1; i <= 50; ++i) {
        p.send(std::string(static_cast<std::size_t>(i), 'x') + '\n');
        EXPECT_EQ(read_lines(p, 1), std::to_string(i) + '\n');
    }
    p.send("exit 9\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(9));
}

} // namespace
