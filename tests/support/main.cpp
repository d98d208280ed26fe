#include "support/host.hpp"
#include "support/leak_guard.hpp"
#include "support/process_table.hpp"
#include "support/watchdog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

int main(int argc, char **argv) {
    support::settle_system();
    support::mark_descendants();
    testing::InitGoogleMock(&argc, argv);
    if (const int code = support::run_host_if_asked(argc, argv); code >= 0) return code;
    auto &listeners = testing::UnitTest::GetInstance()->listeners();
    // Listeners hear of a test's end in reverse order: the guard comes first, and what it finds is the test's failure.
    listeners.Append(new support::Watchdog);
    listeners.Append(new support::LeakGuard);
    support::settle_process();
    return RUN_ALL_TESTS();
}
