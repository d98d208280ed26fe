#include "integration/talk.hpp"

#include <csignal>

namespace {

using namespace integration;

TEST(Run, tells_which_signal_has_ended_a_child) {
    EXPECT_EQ(run({child("raise_signal"), std::to_string(SIGTERM)}).status, ExitStatus::signaled(SIGTERM));
}

} // namespace
