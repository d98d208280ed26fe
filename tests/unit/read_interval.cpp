#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using backchat::core::ReadInterval;

std::string take(FakeDriver &driver, Stream stream = Stream::out) {
    return driver.talk.bytes(stream).take(std::string::npos);
}

TEST(ReadInterval, gives_all_that_arrives_within_the_interval) {
    FakeDriver driver;
    driver.says(10ms, "one ").says(40ms, "two").says(60ms, "too late");
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read, 50ms), Reason::timeout);
    EXPECT_EQ(driver.elapsed(), 50ms);
    EXPECT_EQ(take(driver), "one two");
}

TEST(ReadInterval, gives_nothing_when_nothing_arrives) {
    FakeDriver driver;
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read, 50ms), Reason::timeout);
    EXPECT_EQ(driver.elapsed(), 50ms);
    EXPECT_EQ(take(driver), "");
}

TEST(ReadInterval, looks_once_when_there_is_no_time) {
    FakeDriver driver;
    driver.says(0ms, "there already");
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read, 0ms), Reason::timeout);
    EXPECT_EQ(take(driver), "there already");
}

TEST(ReadInterval, goes_on_where_the_last_one_stopped) {
    FakeDriver driver;
    driver.says(10ms, "one").says(60ms, "two").ends(70ms, Stream::out);
    ReadInterval first(Stream::out);
    EXPECT_EQ(driver.drive(first, 50ms), Reason::timeout);
    EXPECT_EQ(take(driver), "one");
    ReadInterval second(Stream::out);
    EXPECT_EQ(driver.drive(second, 50ms), Reason::end_of_file);
    EXPECT_EQ(driver.elapsed(), 70ms);
    EXPECT_EQ(take(driver), "two");
}

TEST(ReadInterval, reads_the_stream_it_was_asked_for_and_keeps_the_other) {
    FakeDriver driver;
    driver.says(10ms, "out").says(10ms, "err", Stream::err).ends(20ms, Stream::out).ends(30ms, Stream::err);
    ReadInterval read(Stream::err);
    EXPECT_EQ(driver.drive(read, 1s), Reason::end_of_file);
    EXPECT_EQ(driver.elapsed(), 30ms);
    EXPECT_EQ(take(driver, Stream::err), "err");
    EXPECT_EQ(take(driver, Stream::out), "out");
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::complete);
}

TEST(ReadInterval, drains_the_other_stream_so_that_its_writer_goes_on) {
    FakeDriver driver;
    driver.says(10ms, std::string(1 << 20, 'e'), Stream::err);
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read, 50ms), Reason::timeout);
    EXPECT_EQ(driver.unread(Stream::err), 0u);
}

TEST(ReadInterval, ends_with_the_limit_when_the_buffer_is_full) {
    FakeDriver driver({.buffer_limit = 4});
    driver.read_size = 1;
    driver.says(10ms, "abcdef").ends(20ms, Stream::out);
    ReadInterval first(Stream::out);
    EXPECT_EQ(driver.drive(first, 1s), Reason::limit);
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(take(driver), "abcd");
    ReadInterval second(Stream::out);
    EXPECT_EQ(driver.drive(second, 1s), Reason::end_of_file);
    EXPECT_EQ(take(driver), "ef");
}

TEST(ReadInterval, ends_with_the_limit_when_the_other_buffer_is_full) {
    FakeDriver driver({.buffer_limit = 4});
    driver.says(5ms, "out").says(10ms, "too much of it", Stream::err).says(20ms, "end");
    ReadInterval first(Stream::out);
    EXPECT_EQ(driver.drive(first, 1s), Reason::limit) << "the child may be stuck on it";
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(take(driver), "out");

    driver.does(10ms, [](FakeDriver &d) { d.says(10ms, "ok"); });
    ReadInterval second(Stream::out);
    EXPECT_EQ(driver.drive(second, 1s), Reason::limit);
    EXPECT_EQ(take(driver), "ok") << "what is there is given all the same";

    driver.talk.bytes(Stream::err).clear();
    driver.ends(30ms, Stream::out);
    ReadInterval third(Stream::out);
    EXPECT_EQ(driver.drive(third, 1s), Reason::end_of_file);
    EXPECT_EQ(take(driver), "end");
}

TEST(ReadInterval, ends_when_nothing_more_will_come) {
    for (const auto &[end, reason] :
         {std::pair{Reason::end_of_file, Reason::end_of_file}, std::pair{Reason::failed, Reason::failed},
          std::pair{Reason::closed, Reason::closed}}) {
        FakeDriver driver;
        driver.says(10ms, "some");
        if (end == Reason::end_of_file) driver.ends(20ms, Stream::out);
        if (end == Reason::failed) driver.fails(20ms, Stream::out, std::errc::io_error);
        if (end == Reason::closed) driver.does(20ms, [](FakeDriver &d) { d.talk.on_closed(Stream::out); });
        ReadInterval read(Stream::out);
        EXPECT_EQ(driver.drive(read), reason);
        EXPECT_EQ(driver.elapsed(), 20ms);
        EXPECT_EQ(take(driver), end == Reason::closed ? "" : "some");
        ReadInterval again(Stream::out);
        EXPECT_EQ(driver.drive(again), reason) << "and it stays so";
    }
}

TEST(ReadInterval, does_not_end_with_the_exit_while_more_may_come) {
    FakeDriver driver;
    driver.exits(10ms).says(100ms, "from a descendant").ends(110ms, Stream::out);
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read), Reason::end_of_file);
    EXPECT_EQ(driver.elapsed(), 110ms);
    EXPECT_EQ(take(driver), "from a descendant");
}

TEST(ReadInterval, ends_with_exited_when_a_silent_descendant_keeps_the_stream) {
    FakeDriver driver;
    driver.says(5ms, "hi").exits(10ms);
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 210ms);
    EXPECT_EQ(take(driver), "hi");
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::cut);
}

TEST(ReadInterval, ends_with_exited_when_a_chatty_descendant_keeps_the_stream) {
    FakeDriver driver;
    driver.exits(10ms);
    std::string expected;
    for (auto time = 0ms; time < 5s; time += 50ms) {
        driver.says(time, "x");
        if (time <= 2010ms) expected += 'x';
    }
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 2010ms);
    EXPECT_EQ(take(driver), expected);
}

TEST(ReadInterval, keeps_its_interval_within_the_linger_time) {
    FakeDriver driver;
    driver.exits(10ms);
    ReadInterval first(Stream::out);
    EXPECT_EQ(driver.drive(first, 100ms), Reason::timeout);
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::open);
    ReadInterval second(Stream::out);
    EXPECT_EQ(driver.drive(second, 1s), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 210ms) << "the linger time counts from the exit, not from the call";
}

TEST(ReadInterval, waits_for_the_end_of_file_as_long_as_it_takes_when_the_linger_time_is_infinite) {
    constexpr auto infinite = std::chrono::nanoseconds::max();
    FakeDriver driver({.linger = {infinite, infinite}});
    driver.exits(10ms).says(50h, "at last").ends(50h, Stream::out);
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read), Reason::end_of_file);
    EXPECT_EQ(take(driver), "at last");
}

TEST(ReadInterval, takes_what_is_there_when_there_is_no_linger_time) {
    FakeDriver driver({.linger = {0ns, 0ns}});
    driver.says(10ms, "written before the exit").exits(10ms);
    ReadInterval read(Stream::out);
    EXPECT_EQ(driver.drive(read), Reason::exited);
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(take(driver), "written before the exit");
}

TEST(ReadInterval, gives_the_same_wherever_the_data_is_split) {
    const std::string text = "first line\nsecond\n";
    for (std::size_t first = 0; first <= text.size(); ++first) {
        for (std::size_t second = first; second <= text.size(); ++second) {
            FakeDriver driver;
            driver.says(1ms, text.substr(0, first));
            driver.says(2ms, text.substr(first, second - first));
            driver.says(3ms, text.substr(second)).ends(3ms, Stream::out);
            ReadInterval read(Stream::out);
            EXPECT_EQ(driver.drive(read), Reason::end_of_file);
            EXPECT_EQ(take(driver), text) << "split at " << first << " and " << second;
        }
    }
}

TEST(ReadInterval, loses_nothing_wherever_the_interval_ends) {
    const std::string text = "0123456789";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        FakeDriver driver;
        driver.read_size = 3;
        for (std::size_t i = 0; i < text.size(); ++i) driver.says(std::chrono::milliseconds(i + 1), text.substr(i, 1));
        driver.ends(20ms, Stream::out);
        ReadInterval first(Stream::out);
        EXPECT_EQ(driver.drive(first, std::chrono::milliseconds(at)), Reason::timeout);
        const std::string front = take(driver);
        EXPECT_EQ(front, text.substr(0, at));
        ReadInterval second(Stream::out);
        EXPECT_EQ(driver.drive(second), Reason::end_of_file);
        EXPECT_EQ(front + take(driver), text);
    }
}

} // namespace
