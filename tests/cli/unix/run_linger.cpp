#include "cli/command.hpp"
#include "support/feature.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

TEST(RunLinger, does_not_wait_for_a_background_process_and_names_it) {
    BACKCHAT_NEEDS(holders);
    const auto [done, json] = report_of({}, {"sh", "-c", "sleep 4 & echo hi"});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_EQ(done.out, "hi\n");
    EXPECT_LT(done.wall, scaled(600ms));
    EXPECT_EQ(json["reason"], "exited");
    EXPECT_EQ(json["eof"], (Json{{"stdout", "cut"}, {"stderr", "cut"}}));
    ASSERT_EQ(json["holders"].size(), 1u) << json;
    EXPECT_EQ(json["holders"][0]["command"], "sleep 4");
    EXPECT_TRUE(json["holders_complete"].is_boolean()); // false where others' processes must not be looked into
    EXPECT_TRUE(json["tree"].is_null());
    // It was left alone.
    EXPECT_EQ(::kill(json["holders"][0]["pid"], SIGKILL), 0);
}

} // namespace
