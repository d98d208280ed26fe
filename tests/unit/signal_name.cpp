#include "base/signal_name.hpp"

#include "base/signal_number.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace {

using backchat::base::signal_name;

TEST(SignalName, is_the_systems_own) {
    EXPECT_EQ(signal_name(SIGTERM), "SIGTERM");
    EXPECT_EQ(signal_name(9), "SIGKILL");
    EXPECT_EQ(signal_name(SIGINT), "SIGINT");
    EXPECT_EQ(signal_name(SIGSEGV), "SIGSEGV");
    EXPECT_EQ(signal_name(SIGABRT), "SIGABRT");
    EXPECT_EQ(signal_name(SIGFPE), "SIGFPE");
    EXPECT_EQ(signal_name(SIGILL), "SIGILL");
}

TEST(SignalName, is_the_number_where_there_is_no_name) {
    EXPECT_EQ(signal_name(62), "signal 62");
    EXPECT_EQ(signal_name(0), "signal 0");
    EXPECT_EQ(signal_name(-1), "signal -1");
}

TEST(SignalNumber, is_the_systems_own) {
    EXPECT_EQ(backchat::base::signal_interrupt, SIGINT);
    EXPECT_EQ(backchat::base::signal_terminate, SIGTERM);
}

} // namespace
