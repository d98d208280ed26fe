#include "core/ending.hpp"

#include "unit/fake_time.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using backchat::Linger;
using backchat::core::Ending;

constexpr auto infinite = std::chrono::nanoseconds::max();

TEST(Ending, never_cuts_while_the_child_runs) {
    Ending ending(Linger{});
    EXPECT_FALSE(ending.exited());
    EXPECT_EQ(ending.cut_at(), never);
    ending.on_data(at(5s));
    EXPECT_EQ(ending.cut_at(), never);
}

TEST(Ending, waits_for_an_idle_time_after_the_exit) {
    Ending ending(Linger{});
    ending.on_exit(at(10s));
    EXPECT_TRUE(ending.exited());
    EXPECT_EQ(ending.cut_at(), at(10s + 200ms));
}

TEST(Ending, waits_anew_after_each_chunk) {
    Ending ending({.idle = 200ms, .total = 2s});
    ending.on_exit(at(0ms));
    ending.on_data(at(150ms));
    EXPECT_EQ(ending.cut_at(), at(350ms));
    ending.on_data(at(349ms));
    EXPECT_EQ(ending.cut_at(), at(549ms));
}

TEST(Ending, waits_no_longer_than_the_total_however_much_arrives) {
    Ending ending({.idle = 200ms, .total = 2s});
    ending.on_exit(at(1s));
    for (auto time = 1s + 0ms; time < 3s; time += 100ms) ending.on_data(at(time));
    EXPECT_EQ(ending.cut_at(), at(3s));
    ending.on_data(at(10s));
    EXPECT_EQ(ending.cut_at(), at(3s));
}

TEST(Ending, does_not_count_data_from_before_the_exit) {
    Ending ending({.idle = 200ms, .total = 2s});
    ending.on_data(at(990ms));
    ending.on_exit(at(1s));
    EXPECT_EQ(ending.cut_at(), at(1200ms));
}

TEST(Ending, counts_the_first_exit_alone) {
    Ending ending({.idle = 200ms, .total = 2s});
    ending.on_exit(at(1s));
    ending.on_exit(at(5s));
    EXPECT_EQ(ending.cut_at(), at(1200ms));
}

TEST(Ending, takes_the_total_when_it_is_the_shorter) {
    Ending ending({.idle = 5s, .total = 1s});
    ending.on_exit(at(0s));
    EXPECT_EQ(ending.cut_at(), at(1s));
}

TEST(Ending, cuts_at_once_when_there_is_no_time_to_linger) {
    for (const Linger &linger : {Linger{0s, 2s}, Linger{200ms, 0s}, Linger{0s, 0s}}) {
        Ending ending(linger);
        ending.on_exit(at(1s));
        EXPECT_EQ(ending.cut_at(), at(1s));
    }
}

TEST(Ending, lingers_for_the_total_when_the_idle_time_is_infinite) {
    Ending ending({.idle = infinite, .total = 2s});
    ending.on_exit(at(1s));
    EXPECT_EQ(ending.cut_at(), at(3s));
}

TEST(Ending, lingers_as_long_as_something_arrives_when_the_total_is_infinite) {
    Ending ending({.idle = 200ms, .total = infinite});
    ending.on_exit(at(1s));
    EXPECT_EQ(ending.cut_at(), at(1200ms));
    ending.on_data(at(100h));
    EXPECT_EQ(ending.cut_at(), at(100h + 200ms));
}

TEST(Ending, never_cuts_when_both_are_infinite) {
    Ending ending({.idle = infinite, .total = infinite});
    ending.on_exit(at(1s));
    EXPECT_EQ(ending.cut_at(), never);
    ending.on_data(at(2s));
    EXPECT_EQ(ending.cut_at(), never);
}

} // namespace
