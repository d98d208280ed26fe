#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using backchat::Redirect;
using backchat::core::Exit;

TEST(Exit, comes_with_the_exit_not_with_the_end_of_the_outputs) {
    FakeDriver driver;
    driver.ends(5ms, Stream::out).ends(5ms, Stream::err).exits(50ms, ExitStatus::signaled(9));
    Exit exit;
    EXPECT_EQ(driver.drive(exit), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 50ms);
    EXPECT_EQ(driver.talk.status(), ExitStatus::signaled(9));
}

TEST(Exit, does_not_linger) {
    FakeDriver driver;
    driver.exits(50ms);
    Exit exit;
    EXPECT_EQ(driver.drive(exit), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 50ms);
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::open);
}

TEST(Exit, is_told_again_when_it_is_known) {
    FakeDriver driver;
    driver.exits(0ms);
    Exit first;
    EXPECT_EQ(driver.drive(first), Reason::exited);
    Exit second;
    EXPECT_EQ(driver.drive(second, 0ms), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 0ms);
}

TEST(Exit, times_out) {
    FakeDriver driver;
    Exit exit;
    EXPECT_EQ(driver.drive(exit, 40ms), Reason::timeout);
    EXPECT_EQ(driver.elapsed(), 40ms);
}

TEST(Exit, drains_both_outputs_and_keeps_what_they_said) {
    FakeDriver driver;
    driver.says(1ms, std::string(1 << 20, 'o')).says(2ms, std::string(1 << 20, 'e'), Stream::err).exits(50ms);
    Exit exit;
    EXPECT_EQ(driver.drive(exit), Reason::exited);
    EXPECT_EQ(driver.talk.bytes(Stream::out).size(), 1u << 20);
    EXPECT_EQ(driver.talk.bytes(Stream::err).size(), 1u << 20);
}

TEST(Exit, gives_up_with_the_limit_when_the_child_may_be_waiting_for_room) {
    for (const Stream full : {Stream::out, Stream::err}) {
        FakeDriver driver({.buffer_limit = 4});
        driver.says(10ms, "more than four", full);
        Exit exit;
        EXPECT_EQ(driver.drive(exit, 1s), Reason::limit);
        EXPECT_EQ(driver.elapsed(), 10ms);

        driver.talk.bytes(full).clear();
        driver.exits(20ms);
        Exit again;
        EXPECT_EQ(driver.drive(again, 1s), Reason::exited);
        EXPECT_EQ(driver.elapsed(), 20ms);
    }
}

TEST(Exit, prefers_the_exit_to_the_limit) {
    FakeDriver driver({.buffer_limit = 4});
    driver.says(10ms, "more than four").exits(10ms);
    Exit exit;
    EXPECT_EQ(driver.drive(exit), Reason::exited);
}

TEST(Exit, needs_no_stream) {
    FakeDriver driver({.in = Redirect::inherit(), .out = Redirect::inherit(), .err = Redirect::inherit()});
    driver.exits(10ms);
    Exit exit;
    EXPECT_EQ(driver.drive(exit), Reason::exited);
}

} // namespace
