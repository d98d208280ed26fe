#include "unit/print.hpp"

#include <backchat/exit_status.hpp>

#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <string>

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

TEST(ExitStatus, tells_in_words_how_a_program_crashed_on_windows) {
    const auto text = [](std::uint32_t code) { return to_string(ExitStatus::exited(static_cast<int>(code))); };
    EXPECT_EQ(text(0xC0000005), "exited(0xC0000005, access violation)");
    EXPECT_EQ(text(0xC000013A), "exited(0xC000013A, Ctrl-C exit)");
    EXPECT_EQ(text(0xC0000374), "exited(0xC0000374, heap corruption)");
    EXPECT_EQ(text(0x80000003), "exited(0x80000003, breakpoint)");
    EXPECT_EQ(text(0x40000015), "exited(0x40000015, fatal application exit)");
    EXPECT_EQ(text(0xC000ABCD), "exited(0xC000ABCD)");
    EXPECT_EQ(text(0xE0000001), "exited(0xE0000001)");
}

TEST(ExitStatus, leaves_to_other_codes_their_numbers) {
    for (const int code : {-1, -2, -1000, 256, 259, 70'000, 0x3FFFFFFF, -0x7FFFFFFF - 1})
        EXPECT_EQ(to_string(ExitStatus::exited(code)), "exited(" + std::to_string(code) + ")");
    EXPECT_FALSE(ExitStatus::exited(static_cast<int>(0xC0000005U)).success());
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
