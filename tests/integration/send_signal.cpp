#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

namespace {

using namespace integration;

TEST(SendSignal, reaches_the_child) {
    BACKCHAT_NEEDS(polite_signals);
    Popen p({child("ends_on_terminate"), "3"}, askable());
    read_lines(p, 1);
    if (support::has(support::Feature::signal_zero)) {
        EXPECT_TRUE(p.send_signal(0));
    }
    EXPECT_TRUE(p.send_signal(signal_interrupt));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(3));
    EXPECT_EQ(p.recv().data, said_when_interrupted());
}

TEST(SendSignal, terminate_is_polite_and_kill_is_not) {
    BACKCHAT_NEEDS(polite_signals);
    Popen polite({child("ends_on_terminate"), "4"}, askable());
    read_lines(polite, 1);
    EXPECT_TRUE(polite.terminate());
    EXPECT_EQ(polite.wait(soon()).status, ExitStatus::exited(4));

    Popen stubborn({child("ignores_terminate")}, askable());
    read_lines(stubborn, 1);
    EXPECT_TRUE(stubborn.terminate());
    EXPECT_EQ(stubborn.wait(50ms).reason, Reason::timeout);
    EXPECT_TRUE(stubborn.kill());
    EXPECT_EQ(stubborn.wait(soon()).status, ExitStatus::signaled(signal_kill));
}

TEST(SendSignal, goes_nowhere_when_the_child_has_ended) {
    Popen seen({child("exit_with"), "0"});
    EXPECT_TRUE(seen.wait(soon()));
    EXPECT_FALSE(seen.send_signal(signal_terminate));
    EXPECT_FALSE(seen.terminate());
    EXPECT_FALSE(seen.kill());
    EXPECT_EQ(seen.send_signal_tree(signal_terminate), 0u);

    Popen unseen({child("exit_with"), "0"});
    ASSERT_TRUE(support::dies_soon(unseen.pid()));
    EXPECT_FALSE(unseen.send_signal(signal_terminate));
    EXPECT_EQ(unseen.wait(soon()).status, ExitStatus::exited(0));
}

TEST(SendSignal, of_an_impossible_number_is_an_error) {
    Popen p({child("never_reads")});
    for (const int number : {-1, 1000}) {
        try {
            p.send_signal(number);
            ADD_FAILURE() << number;
        } catch (const Error &error) {
            EXPECT_EQ(error.stage(), Stage::signal);
            EXPECT_EQ(error.code(), std::errc::invalid_argument);
            EXPECT_EQ(error.program(), child("never_reads"));
        }
    }
}

TEST(SendSignal, kills) {
    Popen p({child("ignores_terminate")});
    read_lines(p, 1);
    EXPECT_EQ(p.wait(50ms).reason, Reason::timeout);
    EXPECT_TRUE(p.send_signal(signal_kill));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(signal_kill));
}

TEST(SendSignal, reaches_the_tree) {
    BACKCHAT_NEEDS(descendants);
    BACKCHAT_NEEDS(polite_signals);
    Popen p({child("starts_tree"), "same_group", "own_group", "own_session"}, askable());
    const auto lines = support::split(read_lines(p, 4));
    EXPECT_EQ(p.send_signal_tree(signal_terminate), 4u);
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(signal_terminate));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(support::dies_soon(std::stoll(lines[static_cast<std::size_t>(i)])));
}

} // namespace
