#include "platform/linux/proc.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using backchat::platform::proc::parse_stat;
using backchat::platform::proc::Stat;

const std::string before_name = "4211 (";
const std::string after_name =
    ") S 4200 4199 4100 34816 -1 4194304 145 0 0 0 3 4 0 0 20 0 1 0 987654 2674688 230 18446744073709551615 1 1 0 0 0 "
    "0 0 3670020 1266777851 0 0 0 17 1 0 0 0 0 0\n";

std::string line_of(const std::string &name) { return before_name + name + after_name; }

TEST(ProcStat, reads_a_line) {
    const auto stat = parse_stat(line_of("cat"));
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->pid, 4211);
    EXPECT_EQ(stat->name, "cat");
    EXPECT_EQ(stat->state, 'S');
    EXPECT_EQ(stat->parent, 4200);
    EXPECT_EQ(stat->group, 4199);
    EXPECT_EQ(stat->session, 4100);
    EXPECT_EQ(stat->start_time, 987654u);
}

TEST(ProcStat, takes_a_name_of_whatever_characters) {
    // A process gives itself any name of 15 bytes: prctl(PR_SET_NAME).
    for (const std::string name :
         {"a b", "(sd-pam)", ") S 1 1 1 1", "((", "))", ") (", "", " ", "new\nline", "1 (x) R 2"}) {
        const auto stat = parse_stat(line_of(name));
        ASSERT_TRUE(stat) << name;
        EXPECT_EQ(stat->name, name);
        EXPECT_EQ(stat->state, 'S') << name;
        EXPECT_EQ(stat->parent, 4200) << name;
        EXPECT_EQ(stat->start_time, 987654u) << name;
    }
}

TEST(ProcStat, reads_fields_that_are_negative_or_very_large) {
    const auto stat = parse_stat("7 (kthreadd) R 0 -1 0 0 -1 18446744073709551615 0 0 0 0 0 0 -5 -5 -51 -20 1 0 "
                                 "18446744073709551615 0 0");
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->group, -1);
    EXPECT_EQ(stat->session, 0);
    EXPECT_EQ(stat->start_time, 18446744073709551615u);
}

TEST(ProcStat, needs_no_more_than_the_fields_it_reads) {
    EXPECT_TRUE(parse_stat("7 (x) R 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 55"));
    EXPECT_FALSE(parse_stat("7 (x) R 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0"));
}

TEST(ProcStat, has_nothing_to_say_of_a_line_cut_short) {
    const std::string whole = "4211 (cat) S 4200 4199 4100 34816 -1 4194304 145 0 0 0 3 4 0 0 20 0 1 0 ";
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(parse_stat(whole.substr(0, length))) << whole.substr(0, length);
}

TEST(ProcStat, has_nothing_to_say_of_a_line_of_another_form) {
    EXPECT_FALSE(parse_stat(""));
    EXPECT_FALSE(parse_stat("\n"));
    EXPECT_FALSE(parse_stat("4211"));
    EXPECT_FALSE(parse_stat("4211 cat S 1 1 1"));
    EXPECT_FALSE(parse_stat("4211 )cat( S 1 1 1 1"));
    EXPECT_FALSE(parse_stat("pid" + line_of("cat").substr(4)));
    EXPECT_FALSE(parse_stat(line_of("cat").substr(4)));
    EXPECT_FALSE(parse_stat("4211 (cat) S one 1 1 1"));
    EXPECT_FALSE(parse_stat("7 (x) R 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 zero 55"));
}

TEST(ProcStat, tells_the_dead_and_the_halted) {
    const auto with_state = [](char state) {
        Stat stat;
        stat.state = state;
        return stat;
    };
    for (const char state : {'R', 'S', 'D', 'I'}) {
        EXPECT_FALSE(with_state(state).dead()) << state;
        EXPECT_FALSE(with_state(state).halted()) << state;
    }
    for (const char state : {'T', 't'}) {
        EXPECT_FALSE(with_state(state).dead()) << state;
        EXPECT_TRUE(with_state(state).halted()) << state;
    }
    for (const char state : {'Z', 'X'}) {
        EXPECT_TRUE(with_state(state).dead()) << state;
        EXPECT_TRUE(with_state(state).halted()) << state;
    }
}

} // namespace
