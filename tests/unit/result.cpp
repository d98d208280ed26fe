#include "unit/print.hpp"

#include <backchat/result.hpp>

#include <gtest/gtest.h>

namespace {

using namespace backchat;

Completed completed(Reason reason, std::optional<ExitStatus> status) {
    Completed result;
    result.reason = reason;
    result.status = status;
    return result;
}

TEST(Completed, is_a_success_when_the_child_exited_by_itself_with_zero) {
    EXPECT_TRUE(completed(Reason::exited, ExitStatus::exited(0)).success());
    EXPECT_FALSE(completed(Reason::exited, ExitStatus::exited(1)).success());
    EXPECT_FALSE(completed(Reason::exited, ExitStatus::signaled(15)).success());
    EXPECT_FALSE(completed(Reason::exited, ExitStatus::unknown()).success());
}

TEST(Completed, is_no_success_when_the_child_had_to_be_stopped) {
    EXPECT_FALSE(completed(Reason::timeout, ExitStatus::exited(0)).success());
    EXPECT_FALSE(completed(Reason::cancelled, ExitStatus::exited(0)).success());
    EXPECT_FALSE(completed(Reason::timeout, std::nullopt).success());
    EXPECT_FALSE(Completed().success());
}

TEST(Received, is_true_when_something_arrived_whatever_the_reason) {
    EXPECT_TRUE((Received{"x", Reason::timeout}));
    EXPECT_FALSE((Received{"", Reason::data}));
    EXPECT_FALSE(Received());
}

TEST(Waited, is_true_when_the_child_has_ended) {
    EXPECT_TRUE((Waited{Reason::exited, ExitStatus::unknown()}));
    EXPECT_FALSE((Waited{Reason::limit, std::nullopt}));
}

} // namespace
