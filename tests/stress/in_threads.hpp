#pragma once

#include "support/time.hpp"
#include "support/watchdog.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

namespace integration {

using namespace std::chrono_literals;

/// How long each stress test runs: BACKCHAT_STRESS_SECONDS, 1 unless said.
inline std::chrono::seconds stress_time() {
    const char *named = std::getenv("BACKCHAT_STRESS_SECONDS");
    const long seconds = named ? std::strtol(named, nullptr, 10) : 1;
    return std::chrono::seconds(seconds > 0 ? seconds : 1);
}

/// Runs `body(random)` again and again in `count` threads until the time is over or something has failed.
template <class Body>
void in_threads(unsigned count, Body body) {
    support::allow_time(2 * stress_time() + 60s);
    const auto end = support::Clock::now() + stress_time();
    std::vector<std::thread> threads;
    for (unsigned number = 0; number < count; ++number) {
        threads.emplace_back([&, number] {
            std::mt19937 random(number);
            do {
                body(random);
            } while (support::Clock::now() < end && !testing::Test::HasFailure());
        });
    }
    for (auto &thread : threads) thread.join();
}

} // namespace integration
