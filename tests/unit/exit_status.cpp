#include "unit/print.hpp"

#include <backchat/exit_status.hpp>

#include <gtest/gtest.h>

#include <csignal>

namespace {

using backchat::ExitStatus;
using Kind = ExitStatus::Kind;

TEST(ExitStatus, is_unknown_until_something_is_known) {
    const ExitStatus status;
    EXPECT_EQ(status, ExitStatus::unknown());
    EXPECT_EQ(status.kind(), Kind::unknown);
    EXPECT_TRUE(status.is_unknown());
    EXPECT_FALSE(status.is_exited());
    EXPECT_FALSE(status.is_signaled());
    EXPECT_FALSE(status.success());
    EXPECT_FALSE(status.core_dumped());
    EXPECT_EQ(status.returncode(), 0);
    EXPECT_EQ(to_string(status), "unknown");
}

TEST(ExitStatus, tells_the_code_of_a_child_that_exited) {
    for (const int code : {0, 1, 127, 137, 255}) {
        const auto status = ExitStatus::exited(code);
        EXPECT_EQ(status.kind(), Kind::exited);
        EXPECT_TRUE(status.is_exited());
        EXPECT_FALSE(status.is_signaled());
        EXPECT_FALSE(status.is_unknown());
        EXPECT_EQ(status.code(), code);
        EXPECT_EQ(status.returncode(), code);
        EXPECT_EQ(status.success(), code == 0);
        EXPECT_EQ(to_string(status), "exited(" + std::to_string(code) + ")");
    }
}

TEST(ExitStatus, tells_the_signal_that_ended_a_child) {
    const auto status = ExitStatus::signaled(SIGTERM);
    EXPECT_EQ(status.kind(), Kind::signaled);
    EXPECT_TRUE(status.is_signaled());
    EXPECT_FALSE(status.is_exited());
    EXPECT_FALSE(status.is_unknown());
    EXPECT_EQ(status.signal(), SIGTERM);
    EXPECT_EQ(status.returncode(), -SIGTERM);
    EXPECT_FALSE(status.success());
    EXPECT_FALSE(status.core_dumped());
    EXPECT_EQ(to_string(status), "signaled(SIGTERM)");
}

TEST(ExitStatus, says_that_a_core_was_dumped) {
    const auto status = ExitStatus::signaled(SIGSEGV, ExitStatus::CoreDump::written);
    EXPECT_TRUE(status.core_dumped());
    EXPECT_EQ(to_string(status), "signaled(SIGSEGV, core dumped)");
}

TEST(ExitStatus, names_a_signal_without_a_name_by_its_number) {
    EXPECT_EQ(to_string(ExitStatus::signaled(62)), "signaled(signal 62)");
}

TEST(ExitStatus, differs_where_a_shell_says_the_same) {
    EXPECT_NE(ExitStatus::exited(137), ExitStatus::signaled(9));
    EXPECT_NE(ExitStatus::exited(9), ExitStatus::signaled(9));
    EXPECT_NE(ExitStatus::exited(0), ExitStatus::unknown());
    EXPECT_NE(ExitStatus::signaled(11), ExitStatus::signaled(11, ExitStatus::CoreDump::written));
    EXPECT_EQ(ExitStatus::exited(3), ExitStatus::exited(3));
}

#ifndef NDEBUG
TEST(ExitStatusDeathTest, refuses_to_give_what_it_does_not_have) {
    GTEST_FLAG_SET(death_test_style, "threadsafe"); // the watchdog is a thread
    EXPECT_DEATH(ExitStatus::signaled(9).code(), "is_exited");
    EXPECT_DEATH(ExitStatus::exited(9).signal(), "is_signaled");
    EXPECT_DEATH(ExitStatus::unknown().code(), "is_exited");
}
#endif

} // namespace
