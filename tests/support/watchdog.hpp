#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace support {

/// Ends the program when a test takes too long, and says where each thread and each descendant is stuck.
class Watchdog : public testing::EmptyTestEventListener {
public:
    static constexpr std::chrono::seconds usual_bound{20};

    Watchdog();
    ~Watchdog() override;
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    void OnTestStart(const testing::TestInfo &test) override;
    void OnTestEnd(const testing::TestInfo &) override;

    /// Gives the running test `bound`, scaled, from now on.
    void allow(std::chrono::nanoseconds bound);

private:
    void guard();
    [[noreturn]] void bark();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::string test_;                                // protected by mutex_; empty between tests
    std::chrono::steady_clock::time_point expires_{}; // protected by mutex_
    bool done_ = false;                               // protected by mutex_
    std::thread thread_;                              // last: it uses what stands before
};

/// Prints to stderr where each thread, child and other descendant of this process is stuck, and what is open.
void print_where_everything_is();

/// Gives the running test more than the usual 20 seconds.
void allow_time(std::chrono::nanoseconds bound);

} // namespace support
