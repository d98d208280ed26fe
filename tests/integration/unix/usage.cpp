#include "integration/talk.hpp"

#include <sys/resource.h>

namespace {

using namespace integration;

TEST(Usage, is_known_once_the_child_was_reaped) {
    Popen p({child("burns_processor_time"), "200", "64"});
    EXPECT_EQ(p.usage().max_rss_bytes, 0u);
    EXPECT_EQ(p.usage().user + p.usage().system, 0us);
    EXPECT_TRUE(p.wait(soon()));
    const Usage used = p.usage();
    EXPECT_GE(used.user + used.system, 150ms);
    EXPECT_LT(used.user + used.system, scaled(10s));
    EXPECT_GE(used.max_rss_bytes, std::uint64_t{64} << 20);
    // In bytes, not in kibibytes. Linux counts our own peak as the child's, which began on our memory.
    rusage ours = {};
    ::getrusage(RUSAGE_SELF, &ours);
    EXPECT_LT(used.max_rss_bytes, (static_cast<std::uint64_t>(ours.ru_maxrss) << 10) + (std::uint64_t{128} << 20));
}

} // namespace
