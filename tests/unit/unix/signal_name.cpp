#include "base/signal_name.hpp"

#include "base/signal_number.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace {

using backchat::base::signal_name;

TEST(SignalName, is_known_of_those_that_every_unix_has) {
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

TEST(SignalNumber, of_the_forced_end_is_the_systems_own) { EXPECT_EQ(backchat::base::signal_kill, SIGKILL); }

} // namespace
