#include "integration/talk.hpp"

#include <unistd.h>

namespace {

using namespace integration;

struct Membership {
    Pid pid, parent, group, session;
};

Membership membership_with(const Options &options) {
    const auto said = support::named_values(output_of({child("print_session")}, options));
    return {std::stoll(said.at("pid")), std::stoll(said.at("parent")), std::stoll(said.at("group")),
            std::stoll(said.at("session"))};
}

TEST(ProcessGroup, is_ours_unless_said) {
    const auto seen = membership_with({});
    EXPECT_EQ(seen.parent, ::getpid());
    EXPECT_EQ(seen.group, ::getpgrp());
    EXPECT_EQ(seen.session, ::getsid(0));
}

TEST(ProcessGroup, of_its_own_is_led_by_the_child) {
    const auto seen = membership_with({.process_group = ProcessGroup::own()});
    EXPECT_EQ(seen.group, seen.pid);
    EXPECT_EQ(seen.session, ::getsid(0));
}

TEST(ProcessGroup, may_be_joined) {
    Popen leader({child("echo_back")}, {.process_group = ProcessGroup::own()});
    const auto seen = membership_with({.process_group = ProcessGroup::join(leader.pid())});
    EXPECT_EQ(seen.group, leader.pid());
    EXPECT_NE(seen.group, seen.pid);
}

TEST(ProcessGroup, that_does_not_exist_cannot_be_joined) {
    EXPECT_EQ(spawn_error_of({child("print_session")}, {.process_group = ProcessGroup::join(4194303)}).stage(),
              Stage::process_group);
}

TEST(ProcessGroup, comes_with_a_new_session) {
    const auto seen = membership_with({.new_session = true});
    EXPECT_EQ(seen.session, seen.pid);
    EXPECT_EQ(seen.group, seen.pid);
    const auto both = membership_with({.new_session = true, .process_group = ProcessGroup::own()});
    EXPECT_EQ(both.session, both.pid);
    EXPECT_EQ(both.group, both.pid);
}

TEST(ProcessGroup, of_our_session_cannot_be_joined_from_a_new_one) {
    Popen leader({child("echo_back")}, {.process_group = ProcessGroup::own()});
    const Stage stage = spawn_error_of({child("print_session")},
                                       {.new_session = true, .process_group = ProcessGroup::join(leader.pid())})
                            .stage();
    EXPECT_THAT(stage, testing::AnyOf(Stage::options, Stage::process_group));
}

} // namespace
