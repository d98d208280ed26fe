#include "support/watchdog.hpp"

#include "support/process_table.hpp"
#include "support/time.hpp"

#include <cstdio>
#include <cstdlib>

namespace support {
namespace {

Watchdog *installed = nullptr;

} // namespace

Watchdog::Watchdog() : thread_([this] { guard(); }) { installed = this; }

Watchdog::~Watchdog() {
    installed = nullptr;
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Watchdog::OnTestStart(const testing::TestInfo &test) {
    {
        const std::lock_guard lock(mutex_);
        test_ = std::string(test.test_suite_name()) + '.' + test.name();
        expires_ = Clock::now() + scaled(usual_bound);
    }
    changed_.notify_all();
}

void Watchdog::OnTestEnd(const testing::TestInfo &) {
    const std::lock_guard lock(mutex_);
    test_.clear();
}

void Watchdog::allow(std::chrono::nanoseconds bound) {
    {
        const std::lock_guard lock(mutex_);
        expires_ = Clock::now() + scaled(bound);
    }
    changed_.notify_all();
}

void Watchdog::guard() {
    std::unique_lock lock(mutex_);
    while (!done_) {
        if (test_.empty()) {
            changed_.wait(lock);
        } else if (Clock::now() < expires_) {
            changed_.wait_until(lock, expires_);
        } else {
            bark();
        }
    }
}

void Watchdog::bark() {
    std::fprintf(stderr, "\nwatchdog: %s takes too long; this is where it is\n", test_.c_str());
    print_where_everything_is();
    // Nobody would end them after us.
    for (const auto &entry : marked_descendants()) kill_process(entry.pid);
    std::fflush(stderr);
    std::abort();
}

void allow_time(std::chrono::nanoseconds bound) {
    if (installed) installed->allow(bound);
}

} // namespace support
