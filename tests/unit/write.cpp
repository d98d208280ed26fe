#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using backchat::core::Write;

TEST(Write, is_done_when_all_went) {
    FakeDriver driver;
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(write.sent(), 5u);
    EXPECT_EQ(driver.got(), "hello");
    EXPECT_EQ(driver.elapsed(), 0ms);
}

TEST(Write, of_nothing_is_done_at_once) {
    FakeDriver driver;
    driver.input_room = 0;
    Write write("");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(write.sent(), 0u);
}

TEST(Write, waits_for_room) {
    FakeDriver driver;
    driver.input_room = 2;
    driver.takes(10ms, 1).takes(20ms, 100);
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(driver.elapsed(), 20ms);
    EXPECT_EQ(driver.got(), "hello");
}

TEST(Write, says_how_much_went_when_time_is_up) {
    for (std::size_t room = 0; room < 5; ++room) {
        FakeDriver driver;
        driver.input_room = room;
        Write write("hello");
        EXPECT_EQ(driver.drive(write, 30ms), Reason::timeout);
        EXPECT_EQ(driver.elapsed(), 30ms);
        EXPECT_EQ(write.sent(), room);
        EXPECT_EQ(write.pending(), std::string_view("hello").substr(room));
        EXPECT_EQ(driver.got(), std::string_view("hello").substr(0, room));
    }
}

TEST(Write, goes_when_the_child_has_to_be_read_first) {
    // A filter: it takes no more before it has got rid of what it made of what it took.
    FakeDriver driver;
    driver.input_room = 4;
    driver.says(10ms, std::string(1 << 20, 'o')).says(10ms, std::string(1 << 20, 'e'), Stream::err);
    driver.does(11ms, [](FakeDriver &d) {
        if (d.unread(Stream::out) == 0 && d.unread(Stream::err) == 0) d.input_room += 4;
    });
    Write write("12345678");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(driver.got(), "12345678");
    EXPECT_EQ(driver.talk.bytes(Stream::out).size(), 1u << 20);
    EXPECT_EQ(driver.talk.bytes(Stream::err).size(), 1u << 20);
}

TEST(Write, gives_up_with_the_limit_when_the_child_waits_for_room_in_our_buffer) {
    for (const Stream full : {Stream::out, Stream::err}) {
        FakeDriver driver({.buffer_limit = 4});
        driver.input_room = 3;
        driver.says(10ms, "more than four", full);
        Write write("hello");
        EXPECT_EQ(driver.drive(write), Reason::limit);
        EXPECT_EQ(driver.elapsed(), 10ms);
        EXPECT_EQ(write.sent(), 3u);
    }
}

TEST(Write, goes_although_a_buffer_is_full_as_long_as_the_child_takes_it) {
    FakeDriver driver({.buffer_limit = 4});
    driver.talk.on_data(Stream::out, "four", start);
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(driver.got(), "hello");
}

TEST(Write, ends_when_nobody_reads) {
    FakeDriver driver;
    driver.input_room = 2;
    driver.breaks_input(10ms);
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::broken_pipe);
    EXPECT_EQ(write.sent(), 2u);
    Write another("more");
    EXPECT_EQ(driver.drive(another), Reason::broken_pipe) << "and it stays so";
    EXPECT_EQ(another.sent(), 0u);
}

TEST(Write, ends_when_we_have_closed_the_stream) {
    FakeDriver driver;
    driver.input_room = 2;
    driver.does(10ms, [](FakeDriver &d) { d.talk.on_closed(Stream::in); });
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::closed);
    EXPECT_EQ(write.sent(), 2u);
}

TEST(Write, ends_with_the_systems_error) {
    FakeDriver driver;
    driver.input_room = 2;
    driver.does(10ms,
                [](FakeDriver &d) { d.talk.on_input_end(Reason::failed, std::make_error_code(std::errc::io_error)); });
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::failed);
    EXPECT_EQ(driver.talk.input_error(), std::errc::io_error);
}

TEST(Write, ends_when_the_child_has_exited_and_a_descendant_keeps_the_pipe_full) {
    FakeDriver driver;
    driver.input_room = 2;
    driver.exits(10ms);
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(write.sent(), 2u);
}

TEST(Write, goes_to_a_descendant_that_reads_on_after_the_exit) {
    FakeDriver driver;
    driver.exits(0ms);
    Write write("hello");
    EXPECT_EQ(driver.drive(write), Reason::data);
    EXPECT_EQ(driver.got(), "hello");
}

TEST(Write, has_no_outcome_before_it_was_its_turn) {
    // Behind another writer: whether the pipe takes it is not known yet.
    backchat::core::Conversation talk({.buffer_limit = 1});
    talk.on_data(Stream::out, "full", start);
    Write write("hello");
    EXPECT_EQ(write.outcome(talk, start), std::nullopt);
    write.on_would_block();
    EXPECT_EQ(write.outcome(talk, start), Reason::limit);
    write.on_sent(1);
    EXPECT_EQ(write.outcome(talk, start), std::nullopt) << "it took some: it may take more";
    talk.on_exit(ExitStatus::exited(0), {}, start);
    EXPECT_EQ(write.outcome(talk, start), std::nullopt);
    write.on_would_block();
    EXPECT_EQ(write.outcome(talk, start), Reason::exited);
}

TEST(Write, sends_each_byte_once_whatever_the_room) {
    const std::string text = "0123456789abcdef";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        FakeDriver driver;
        driver.input_room = 0;
        for (std::size_t i = 0; i < text.size(); ++i) driver.takes(std::chrono::milliseconds(i + 1), step);
        Write write(text);
        EXPECT_EQ(driver.drive(write), Reason::data);
        EXPECT_EQ(driver.got(), text) << "by " << step;
        EXPECT_EQ(driver.elapsed(), std::chrono::milliseconds((text.size() + step - 1) / step));
    }
}

} // namespace
