#include "integration/talk.hpp"
#include "support/feature.hpp"

#include <unistd.h>

namespace {

using namespace integration;

TEST(ExitContract, knows_all_holders_as_root) {
    BACKCHAT_NEEDS(holders);
    if (::geteuid() != 0) GTEST_SKIP() << "other users' processes are not ours to look into";
    Popen p({child("never_reads")});
    // Not each time: a process that ends while it is looked at may refuse, and the look is bounded in time.
    EXPECT_TRUE(support::eventually([&] { return p.holders().complete; }));
}

} // namespace
