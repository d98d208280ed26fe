#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(Usage, is_of_the_child_not_of_others) {
    BACKCHAT_NEEDS(processor_time);
    Popen busy({child("burns_processor_time"), "200", "1"});
    Popen idle({child("exit_with"), "0"});
    EXPECT_TRUE(busy.wait(soon()));
    EXPECT_TRUE(idle.wait(soon()));
    EXPECT_LT(idle.usage().user + idle.usage().system, 150ms);
}

TEST(Usage, comes_with_run) {
    const Completed r = run({child("burns_processor_time"), "100", "32"});
    if (support::has(support::Feature::processor_time)) {
        EXPECT_GE(r.usage.user + r.usage.system, 80ms);
    }
    if (support::has(support::Feature::peak_memory)) {
        EXPECT_GE(r.usage.max_rss_bytes, std::uint64_t{32} << 20);
    }
    EXPECT_GE(r.wall, 80ms);
}

} // namespace
