#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using backchat::Redirect;
using backchat::core::Exchange;

TEST(Exchange, sends_all_and_closes_the_input) {
    FakeDriver driver;
    driver.ends(20ms, Stream::out).ends(20ms, Stream::err).exits(20ms);
    Exchange exchange("hello");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.got(), "hello");
    EXPECT_EQ(exchange.sent(), 5u);
    EXPECT_EQ(driver.talk.input_end(), Reason::closed);
}

TEST(Exchange, closes_the_input_at_once_when_there_is_none) {
    FakeDriver driver;
    driver.does(1ms, [](FakeDriver &d) { EXPECT_EQ(d.talk.input_end(), Reason::closed); });
    driver.ends(20ms, Stream::out).ends(20ms, Stream::err).exits(20ms);
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
}

TEST(Exchange, keeps_the_input_open_until_all_went) {
    FakeDriver driver;
    driver.input_room = 3;
    driver.does(5ms, [](FakeDriver &d) { EXPECT_EQ(d.talk.input_end(), std::nullopt); });
    driver.takes(10ms, 10);
    driver.does(11ms, [](FakeDriver &d) { EXPECT_EQ(d.talk.input_end(), Reason::closed); });
    driver.ends(20ms, Stream::out).ends(20ms, Stream::err).exits(20ms);
    Exchange exchange("hello");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.got(), "hello");
}

TEST(Exchange, does_not_deadlock_whatever_flows_at_once) {
    // The child takes a piece of input only when all that it said before was read.
    const std::string input(1 << 20, 'i');
    FakeDriver driver({.buffer_limit = 1});
    driver.input_room = 0;
    for (int i = 1; i <= 16; ++i) {
        driver.does(std::chrono::milliseconds(i), [](FakeDriver &d) {
            ASSERT_EQ(d.unread(Stream::out) + d.unread(Stream::err), 0u);
            d.input_room += 1 << 16;
        });
        driver.says(std::chrono::milliseconds(i), std::string(1 << 17, 'o'));
        driver.says(std::chrono::milliseconds(i), std::string(1 << 17, 'e'), Stream::err);
    }
    driver.ends(20ms, Stream::out).ends(20ms, Stream::err).exits(20ms);
    Exchange exchange(input);
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.got(), input);
    EXPECT_EQ(driver.talk.bytes(Stream::out).view(), std::string(16 << 17, 'o'));
    EXPECT_EQ(driver.talk.bytes(Stream::err).view(), std::string(16 << 17, 'e'));
}

TEST(Exchange, waits_for_the_exit_when_the_outputs_have_ended) {
    FakeDriver driver;
    driver.ends(10ms, Stream::out).ends(10ms, Stream::err).exits(5s, ExitStatus::exited(3));
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 5s);
    EXPECT_EQ(driver.talk.status(), ExitStatus::exited(3));
}

TEST(Exchange, waits_for_the_outputs_when_the_child_has_exited) {
    FakeDriver driver;
    driver.exits(10ms).says(100ms, "late").ends(150ms, Stream::out).ends(160ms, Stream::err);
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 160ms);
    EXPECT_EQ(driver.talk.bytes(Stream::out).view(), "late");
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::complete);
}

TEST(Exchange, cuts_a_stream_that_a_silent_descendant_keeps) {
    FakeDriver driver;
    driver.says(5ms, "hi").exits(10ms).ends(50ms, Stream::err);
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 210ms);
    EXPECT_EQ(driver.talk.bytes(Stream::out).view(), "hi");
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::cut);
    EXPECT_EQ(driver.talk.eof(Stream::err), Eof::complete);
}

TEST(Exchange, cuts_a_stream_that_a_chatty_descendant_keeps) {
    FakeDriver driver({.linger = {100ms, 1s}});
    driver.exits(10ms);
    for (auto time = 50ms; time < 5s; time += 50ms) driver.says(time, "x", Stream::err);
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 1010ms);
    EXPECT_EQ(driver.talk.bytes(Stream::err).size(), 20u);
}

TEST(Exchange, ends_although_not_all_input_went) {
    FakeDriver broken;
    broken.input_room = 2;
    broken.breaks_input(5ms).ends(10ms, Stream::out).ends(10ms, Stream::err).exits(10ms);
    Exchange to_nobody("hello");
    EXPECT_EQ(broken.drive(to_nobody), Reason::exited);
    EXPECT_EQ(to_nobody.sent(), 2u);

    FakeDriver full;
    full.input_room = 2;
    full.ends(10ms, Stream::out).ends(10ms, Stream::err).exits(10ms);
    Exchange to_who_does_not_read("hello");
    EXPECT_EQ(full.drive(to_who_does_not_read), Reason::exited);
    EXPECT_EQ(full.elapsed(), 10ms);
    EXPECT_EQ(to_who_does_not_read.sent(), 2u);
}

TEST(Exchange, needs_no_stream_to_wait_for_the_exit) {
    FakeDriver driver({.in = Redirect::inherit(), .out = Redirect::discard(), .err = Redirect::discard()});
    driver.exits(10ms);
    Exchange exchange("");
    EXPECT_EQ(driver.drive(exchange), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(driver.talk.input_end(), std::nullopt);
}

TEST(Exchange, can_be_taken_up_again_wherever_time_was_up) {
    const std::string input = "0123456789";
    const std::string output = "abcdefghij";
    for (int stop = 0; stop <= 12; ++stop) {
        FakeDriver driver;
        driver.input_room = 0;
        for (int i = 0; i < 10; ++i) {
            driver.takes(std::chrono::milliseconds(i + 1), 1);
            driver.says(std::chrono::milliseconds(i + 1), output.substr(static_cast<std::size_t>(i), 1));
        }
        driver.ends(20ms, Stream::out).ends(20ms, Stream::err).exits(20ms);

        Exchange first(input);
        EXPECT_EQ(driver.drive(first, std::chrono::milliseconds(stop)), Reason::timeout);
        const std::string front = driver.talk.bytes(Stream::out).take(std::string::npos);
        EXPECT_EQ(first.pending(), std::string_view(input).substr(first.sent()));
        Exchange second(first.pending());
        EXPECT_EQ(driver.drive(second), Reason::exited);
        EXPECT_EQ(first.sent() + second.sent(), input.size());
        EXPECT_EQ(driver.got(), input);
        EXPECT_EQ(front + driver.talk.bytes(Stream::out).take(std::string::npos), output);
    }
}

TEST(Exchange, gives_the_same_wherever_the_data_is_split) {
    const std::string text = "some output";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        FakeDriver driver;
        driver.says(1ms, text.substr(0, at), Stream::err).says(2ms, text.substr(at), Stream::err);
        driver.ends(2ms, Stream::err).exits(2ms).ends(3ms, Stream::out);
        Exchange exchange("");
        EXPECT_EQ(driver.drive(exchange), Reason::exited);
        EXPECT_EQ(driver.talk.bytes(Stream::err).view(), text) << "split at " << at;
    }
}

} // namespace
