#include "base/signal_name.hpp"

#include "base/signal_number.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace {

using backchat::base::signal_name;

TEST(SignalName, is_the_systems_own) {
    EXPECT_EQ(signal_name(SIGTERM), "SIGTERM");
    EXPECT_EQ(signal_name(SIGKILL), "SIGKILL");
    EXPECT_EQ(signal_name(SIGINT), "SIGINT");
    EXPECT_EQ(signal_name(SIGSEGV), "SIGSEGV");
    EXPECT_EQ(signal_name(SIGABRT), "SIGABRT");
    EXPECT_EQ(signal_name(SIGFPE), "SIGFPE");
    EXPECT_EQ(signal_name(SIGILL), "SIGILL");
    EXPECT_EQ(signal_name(SIGHUP), "SIGHUP");
    EXPECT_EQ(signal_name(SIGQUIT), "SIGQUIT");
    EXPECT_EQ(signal_name(SIGTRAP), "SIGTRAP");
    EXPECT_EQ(signal_name(SIGBUS), "SIGBUS");
    EXPECT_EQ(signal_name(SIGUSR1), "SIGUSR1");
    EXPECT_EQ(signal_name(SIGUSR2), "SIGUSR2");
    EXPECT_EQ(signal_name(SIGPIPE), "SIGPIPE");
    EXPECT_EQ(signal_name(SIGALRM), "SIGALRM");
    EXPECT_EQ(signal_name(SIGXCPU), "SIGXCPU");
    EXPECT_EQ(signal_name(SIGXFSZ), "SIGXFSZ");
    EXPECT_EQ(signal_name(SIGVTALRM), "SIGVTALRM");
    EXPECT_EQ(signal_name(SIGPROF), "SIGPROF");
    EXPECT_EQ(signal_name(SIGSYS), "SIGSYS");
}

TEST(SignalName, is_the_number_where_there_is_no_name) {
    EXPECT_EQ(signal_name(62), "signal 62");
    EXPECT_EQ(signal_name(0), "signal 0");
    EXPECT_EQ(signal_name(-1), "signal -1");
}

TEST(SignalNumber, is_the_systems_own) {
    EXPECT_EQ(backchat::base::signal_interrupt, SIGINT);
    EXPECT_EQ(backchat::base::signal_terminate, SIGTERM);
    EXPECT_EQ(backchat::base::signal_kill, SIGKILL);
}

} // namespace
