#include "base/environment_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using backchat::Environment;
using backchat::base::environment_block;
using backchat::base::environment_fault;
using backchat::base::find_variable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using namespace std::string_literals;

const std::vector<std::string> inherited = {"HOME=/root", "PATH=/bin", "EMPTY="};

TEST(EnvironmentBlock, is_what_was_inherited) { EXPECT_EQ(environment_block(Environment(), inherited), inherited); }

TEST(EnvironmentBlock, has_changes_in_the_place_of_what_they_change) {
    EXPECT_THAT(environment_block(Environment().set("PATH", "/opt").set("LANG", "C"), inherited),
                ElementsAre("HOME=/root", "PATH=/opt", "EMPTY=", "LANG=C"));
}

TEST(EnvironmentBlock, is_without_what_was_unset) {
    EXPECT_THAT(environment_block(Environment().unset("PATH").unset("NEVER_SET"), inherited),
                ElementsAre("HOME=/root", "EMPTY="));
}

TEST(EnvironmentBlock, has_the_last_of_several_changes) {
    EXPECT_THAT(environment_block(Environment().set("A", "1").set("B", "2").set("A", "3"), {}),
                ElementsAre("A=3", "B=2"));
    EXPECT_THAT(environment_block(Environment().set("A", "1").unset("A"), {}), IsEmpty());
    EXPECT_THAT(environment_block(Environment().unset("A").set("A", "1"), {"A=0"}), ElementsAre("A=1"));
}

TEST(EnvironmentBlock, has_the_first_of_what_was_inherited_twice) {
    EXPECT_THAT(environment_block(Environment(), {"A=1", "B=2", "A=3"}), ElementsAre("A=1", "B=2"));
    EXPECT_THAT(environment_block(Environment().unset("A"), {"A=1", "B=2", "A=3"}), ElementsAre("B=2"));
}

TEST(EnvironmentBlock, has_nothing_inherited_when_replaced_or_cleared) {
    EXPECT_THAT(environment_block(Environment::clear(), inherited), IsEmpty());
    EXPECT_THAT(environment_block(Environment::clear().set("A", "1"), inherited), ElementsAre("A=1"));
    EXPECT_THAT(environment_block(Environment::replace({{"A", "1"}, {"B", "2"}, {"A", "3"}}), inherited),
                ElementsAre("A=3", "B=2"));
}

TEST(EnvironmentBlock, is_extended) {
    EXPECT_THAT(environment_block(Environment::extend({{"A", "1"}, {"HOME", "/"}}), inherited),
                ElementsAre("HOME=/", "PATH=/bin", "EMPTY=", "A=1"));
}

TEST(EnvironmentBlock, takes_a_value_as_it_is) {
    EXPECT_THAT(environment_block(Environment().set("A", "=x=\n\xff").set("B", ""), {}),
                ElementsAre("A==x=\n\xff", "B="));
}

TEST(EnvironmentBlock, keeps_names_that_start_with_an_equals_sign) {
    // As Windows has them, one for each drive.
    EXPECT_THAT(environment_block(Environment(), {"=C:=C:\\one", "=D:=D:\\two"}),
                ElementsAre("=C:=C:\\one", "=D:=D:\\two"));
}

TEST(EnvironmentBlock, keeps_inherited_entries_that_have_no_value) {
    EXPECT_THAT(environment_block(Environment(), {"ODD", "A=1", ""}), ElementsAre("ODD", "A=1", ""));
    EXPECT_THAT(environment_block(Environment().set("ODD", "now even"), {"ODD"}), ElementsAre("ODD=now even"));
}

TEST(EnvironmentBlock, tells_names_apart_by_case) {
    EXPECT_THAT(environment_block(Environment().set("a", "1"), {"A=2"}), ElementsAre("A=2", "a=1"));
}

TEST(EnvironmentFault, is_not_found_in_what_can_be_passed) {
    EXPECT_EQ(environment_fault(Environment()), std::nullopt);
    EXPECT_EQ(environment_fault(Environment().set("A", "=").set("B", "").unset("C")), std::nullopt);
}

TEST(EnvironmentFault, names_what_cannot_be_passed) {
    EXPECT_THAT(environment_fault(Environment().set("", "value")), Optional(HasSubstr("empty")));
    EXPECT_THAT(environment_fault(Environment().unset("")), Optional(HasSubstr("empty")));
    EXPECT_THAT(environment_fault(Environment().set("A=B", "1")), Optional(HasSubstr("'A=B'")));
    EXPECT_THAT(environment_fault(Environment().unset("A=B")), Optional(HasSubstr("'A=B'")));
    EXPECT_THAT(environment_fault(Environment().set("A\0B"s, "1")), Optional(HasSubstr("NUL")));
    EXPECT_THAT(environment_fault(Environment().set("GOOD", "1").set("BAD", "a\0b"s)), Optional(HasSubstr("'BAD'")));
}

TEST(EnvironmentVariable, is_found_by_its_whole_name) {
    const std::vector<std::string> block = {"PATHS=no", "PATH=/bin:/usr/bin", "PAT=no", "EMPTY=", "ODD"};
    EXPECT_EQ(find_variable(block, "PATH"), "/bin:/usr/bin");
    EXPECT_EQ(find_variable(block, "EMPTY"), "");
    EXPECT_EQ(find_variable(block, "PA"), std::nullopt);
    EXPECT_EQ(find_variable(block, "ODD"), std::nullopt);
    EXPECT_EQ(find_variable({}, "PATH"), std::nullopt);
}

} // namespace
