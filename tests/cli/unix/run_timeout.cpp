#include "cli/command.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

namespace {

using namespace cli_tests;

TEST(RunTimeout, stops_the_shell_and_what_it_left_in_the_background) {
    // In a session without a terminal the child may lead a group, which is ended whole on every platform.
    const auto [done, json] = report_of({"--timeout", "1"}, {"sh", "-c", "sleep 4 & sleep 30"},
                                        {.spawn = {.new_session = support::has(support::Feature::session)}});
    EXPECT_EQ(code_of(done), 124);
    EXPECT_GE(done.wall, 1s);
    EXPECT_EQ(json["reason"], "timeout");
    EXPECT_THAT(support::marked_descendants(), IsEmpty());
    BACKCHAT_NEEDS(descendants);
    EXPECT_LT(done.wall, scaled(1600ms));
    EXPECT_THAT(json["tree"]["survived"], IsEmpty());
    // A shell may run its last command in its own place.
    EXPECT_THAT(json["tree"]["killed"].size(), testing::AllOf(testing::Ge(2u), testing::Le(3u)));
    for (const Json &killed : json["tree"]["killed"]) EXPECT_FALSE(support::is_alive(killed["pid"])) << killed;
}

} // namespace
