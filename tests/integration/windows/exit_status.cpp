/// How a child ends on Windows.
#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(Wait, tells_exit_codes_of_32_bits) {
    for (const long long code : {256LL, 259LL, 70000LL, 0x7fffffffLL, -1LL}) {
        Popen p({child("exit_with"), std::to_string(code)});
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(static_cast<int>(code)));
    }
}

TEST(Wait, tells_a_crash_in_words) {
    Popen p({child("crashes"), "access_violation"});
    const auto status = p.wait(soon()).status;
    ASSERT_EQ(status, ExitStatus::exited(static_cast<int>(0xC0000005)));
    EXPECT_THAT(to_string(*status), testing::HasSubstr("access violation"));
    EXPECT_FALSE(status->success());
}

TEST(Wait, tells_that_we_have_killed_from_the_same_exit_code) {
    Popen same_code({child("exit_with"), "137"});
    EXPECT_EQ(same_code.wait(soon()).status, ExitStatus::exited(137));
    Popen killed({child("runs_until_killed")});
    EXPECT_TRUE(killed.kill());
    EXPECT_EQ(killed.wait(soon()).status, ExitStatus::signaled(signal_kill));
}

} // namespace
