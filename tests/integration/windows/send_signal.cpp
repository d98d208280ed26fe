#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(SendSignal, that_cannot_be_delivered_is_an_error_and_ends_nobody) {
    if (support::has(support::Feature::polite_signals)) GTEST_SKIP() << "every signal can be delivered here";
    Popen p({child("never_reads")}, askable());
    read_lines(p, 1);
    for (const int number : {signal_interrupt, signal_terminate}) {
        try {
            p.send_signal(number);
            ADD_FAILURE() << number;
        } catch (const Error &error) {
            EXPECT_EQ(error.stage(), Stage::signal);
            EXPECT_EQ(error.code(), std::errc::not_supported);
        }
    }
    EXPECT_FALSE(p.poll());
}

} // namespace
