#include "unit/fake_time.hpp"

#include <backchat/deadline.hpp>

#include <gtest/gtest.h>

#include <limits>
#ifdef __cpp_lib_jthread
#include <stop_token>
#endif

namespace {

using namespace unit;
using backchat::Clock;
using backchat::Deadline;
using backchat::forever;

TEST(Deadline, is_that_long_after_now) {
    const auto before = Clock::now();
    const Deadline deadline(10s);
    const auto after = Clock::now();
    EXPECT_GE(deadline.at(), before + 10s);
    EXPECT_LE(deadline.at(), after + 10s);
}

TEST(Deadline, has_passed_from_its_moment_on) {
    const Deadline deadline(at(1s));
    EXPECT_EQ(deadline.at(), at(1s));
    EXPECT_FALSE(deadline.passed(at(1s - 1ns)));
    EXPECT_TRUE(deadline.passed(at(1s)));
    EXPECT_TRUE(deadline.passed(at(2s)));
}

TEST(Deadline, has_passed_at_once_when_zero_or_negative) {
    EXPECT_EQ(Deadline::after(0s, start), start);
    EXPECT_EQ(Deadline::after(-1ns, start), start);
    EXPECT_EQ(Deadline::after(-100h, start), start);
    EXPECT_EQ(Deadline::after(std::chrono::nanoseconds::min(), start), start);
    EXPECT_EQ(Deadline::after(std::chrono::hours::min(), start), start);
    EXPECT_TRUE(Deadline(0s).passed(Clock::now()));
    EXPECT_TRUE(Deadline(-5s).passed(Clock::now()));
}

TEST(Deadline, may_be_forever) {
    EXPECT_EQ(Deadline(forever).at(), never);
    EXPECT_FALSE(Deadline(forever).passed(at(std::chrono::hours(24 * 365 * 100))));
}

TEST(Deadline, is_forever_when_the_clock_cannot_hold_it) {
    EXPECT_EQ(Deadline::after(std::chrono::nanoseconds::max(), start), never);
    EXPECT_EQ(Deadline::after(std::chrono::seconds::max(), start), never);
    EXPECT_EQ(Deadline::after(std::chrono::hours::max(), start), never);
    EXPECT_EQ(Deadline::after(std::chrono::duration<double>::max(), start), never);
    EXPECT_EQ(Deadline::after(std::chrono::duration<double>(std::numeric_limits<double>::infinity()), start), never);
    EXPECT_EQ(Deadline::after(never - start, start), never);
    EXPECT_EQ(Deadline::after(1ns, never), never);
    EXPECT_EQ(Deadline(std::chrono::hours::max()).at(), never);
}

TEST(Deadline, is_exact_as_long_as_the_clock_can_hold_it) {
    EXPECT_EQ(Deadline::after(1ns, start), start + 1ns);
    EXPECT_EQ(Deadline::after(std::chrono::hours(24 * 365 * 200), start), start + std::chrono::hours(24 * 365 * 200));
}

TEST(Deadline, is_not_shortened_by_rounding) {
    EXPECT_EQ(Deadline::after(std::chrono::duration<double, std::nano>(0.25), start), start + 1ns);
    EXPECT_EQ(Deadline::after(std::chrono::duration<double>(1.5), start), start + 1500ms);
}

TEST(Deadline, is_made_of_any_unit) {
    EXPECT_EQ(Deadline::after(2min, start), start + 120s);
    EXPECT_EQ(Deadline::after(3us, start), start + 3000ns);
}

TEST(Deadline, is_no_later_than_a_bound) {
    EXPECT_EQ(Deadline(at(5s)).no_later_than(at(3s)).at(), at(3s));
    EXPECT_EQ(Deadline(at(3s)).no_later_than(at(5s)).at(), at(3s));
    EXPECT_EQ(Deadline(forever).no_later_than(at(5s)).at(), at(5s));
    EXPECT_EQ(Deadline(at(5s)).no_later_than(never).at(), at(5s));
    EXPECT_EQ(Deadline(forever).no_later_than(never).at(), never);
}

TEST(Deadline, is_not_cancelled_when_it_has_no_token) {
    EXPECT_FALSE(Deadline(1s).cancelled());
    EXPECT_FALSE(Deadline(forever).cancelled());
    EXPECT_FALSE(Deadline(at(0s)).cancelled());
}

#ifdef __cpp_lib_jthread
TEST(Deadline, is_cancelled_by_its_token) {
    std::stop_source source;
    const Deadline timeout(10s, source.get_token());
    const Deadline moment(at(1s), source.get_token());
    const Deadline endless(forever, source.get_token());
    EXPECT_EQ(moment.at(), at(1s));
    EXPECT_EQ(endless.at(), never);
    for (const auto *each : {&timeout, &moment, &endless}) EXPECT_FALSE(each->cancelled());
    source.request_stop();
    for (const auto *each : {&timeout, &moment, &endless}) EXPECT_TRUE(each->cancelled());
}

TEST(Deadline, keeps_its_token_when_bounded) {
    std::stop_source source;
    const Deadline bounded = Deadline(forever, source.get_token()).no_later_than(at(1s));
    EXPECT_FALSE(bounded.cancelled());
    source.request_stop();
    EXPECT_TRUE(bounded.cancelled());
    EXPECT_EQ(bounded.token(), source.get_token());
}
#endif

} // namespace
