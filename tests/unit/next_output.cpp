#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace unit;
using backchat::Redirect;
using backchat::core::NextOutput;

/// Asks again and again, as wait_output's callers do, and remembers which ends were told.
class Listener {
public:
    explicit Listener(FakeDriver &driver, std::optional<Stream> only = std::nullopt) : driver_(driver), only_(only) {}

    /// Gives the next outcome in words: "stdout data hello", "stderr end_of_file", "exited".
    std::string next(std::optional<std::chrono::nanoseconds> timeout = std::nullopt) {
        NextOutput operation = only_ ? NextOutput(told_, *only_) : NextOutput(told_);
        const Reason reason = driver_.drive(operation, timeout);
        const std::string words = std::string(to_string(operation.stream())) + ' ' + to_string(reason);
        if (reason == Reason::data) return words + ' ' + driver_.talk.bytes(operation.stream()).take(std::string::npos);
        if (reason != Reason::end_of_file && reason != Reason::failed) return to_string(reason);
        (operation.stream() == Stream::err ? told_.err : told_.out) = true;
        return words;
    }

    /// Gives all of stdout up to `exited`; what else is told is passed over.
    std::string rest_of_stdout() {
        std::string all;
        for (int i = 0; i < 1000; ++i) {
            const std::string words = next();
            if (words == "exited") return all;
            if (words.starts_with("stdout data ")) all += words.substr(12);
        }
        throw std::runtime_error("exited is never told");
    }

private:
    FakeDriver &driver_;
    std::optional<Stream> only_;
    NextOutput::Told told_;
};

TEST(NextOutput, comes_back_with_the_first_that_says_something) {
    FakeDriver driver;
    driver.says(10ms, "e", Stream::err).says(20ms, "o");
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stderr data e");
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(listener.next(), "stdout data o");
    EXPECT_EQ(driver.elapsed(), 20ms);
}

TEST(NextOutput, gives_what_is_buffered_without_waiting) {
    FakeDriver driver;
    driver.talk.on_data(Stream::out, "o", start);
    driver.talk.on_data(Stream::err, "e", start);
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stdout data o");
    EXPECT_EQ(listener.next(), "stderr data e");
    EXPECT_EQ(driver.elapsed(), 0ms);
}

TEST(NextOutput, times_out_when_nothing_comes) {
    FakeDriver driver;
    EXPECT_EQ(Listener(driver).next(30ms), "timeout");
    EXPECT_EQ(driver.elapsed(), 30ms);
}

TEST(NextOutput, tells_each_end_once_and_exited_ever_after) {
    FakeDriver driver;
    driver.says(10ms, "o").ends(10ms, Stream::out).ends(20ms, Stream::err).exits(30ms);
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stdout data o");
    EXPECT_EQ(listener.next(), "stdout end_of_file");
    EXPECT_EQ(listener.next(), "stderr end_of_file");
    EXPECT_EQ(listener.next(5ms), "timeout") << "the child runs on";
    EXPECT_EQ(listener.next(), "exited");
    EXPECT_EQ(driver.elapsed(), 30ms);
    EXPECT_EQ(listener.next(), "exited");
}

TEST(NextOutput, gives_data_before_it_tells_of_any_end) {
    FakeDriver driver;
    driver.says(0ms, "e", Stream::err).ends(0ms, Stream::out).ends(0ms, Stream::err).exits(0ms);
    ASSERT_EQ(driver.talk.eof(Stream::out), Eof::open);
    Listener listener(driver);
    std::vector<std::string> all;
    for (int i = 0; i < 4; ++i) all.push_back(listener.next());
    EXPECT_EQ(all.back(), "exited");
    const auto place = [&](const std::string &words) { return std::find(all.begin(), all.end(), words) - all.begin(); };
    EXPECT_LT(place("stderr data e"), place("stderr end_of_file"));
    EXPECT_LT(place("stdout end_of_file"), 3);
}

TEST(NextOutput, tells_of_a_failure_once) {
    FakeDriver driver;
    driver.fails(10ms, Stream::err, std::errc::io_error).ends(20ms, Stream::out).exits(20ms);
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stderr failed");
    EXPECT_EQ(listener.next(), "stdout end_of_file");
    EXPECT_EQ(listener.next(), "exited");
}

TEST(NextOutput, tells_no_end_of_what_we_closed_or_never_had) {
    FakeDriver driver({.err = Redirect::inherit()});
    driver.talk.on_closed(Stream::out);
    driver.exits(10ms);
    EXPECT_EQ(Listener(driver).next(), "exited");
    EXPECT_EQ(driver.elapsed(), 10ms);
}

TEST(NextOutput, gives_what_lay_in_a_stream_that_was_cut) {
    FakeDriver driver;
    driver.says(5ms, "hi").exits(10ms);
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stdout data hi");
    EXPECT_EQ(listener.next(), "exited");
    EXPECT_EQ(driver.elapsed(), 210ms);
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::cut);
    EXPECT_EQ(driver.talk.eof(Stream::err), Eof::cut);
}

TEST(NextOutput, gives_all_to_a_slow_taker_although_the_linger_time_is_over) {
    FakeDriver driver({.buffer_limit = 2});
    driver.read_size = 2;
    driver.says(5ms, "abcdef").ends(5ms, Stream::out).ends(5ms, Stream::err).exits(10ms);
    Listener listener(driver);
    EXPECT_EQ(listener.next(), "stdout data ab");
    // The taker is busy for a long time, while another call drains into the buffer.
    backchat::core::Exit exit;
    EXPECT_EQ(driver.drive(exit, 10s), Reason::limit);
    driver.does(20s, [](FakeDriver &) {});
    EXPECT_EQ(listener.rest_of_stdout(), "cdef");
    EXPECT_EQ(driver.talk.eof(Stream::out), Eof::complete);
}

TEST(NextOutput, of_one_stream_keeps_the_other) {
    FakeDriver driver;
    driver.says(10ms, "o").ends(15ms, Stream::out).says(20ms, "e", Stream::err).ends(30ms, Stream::err).exits(40ms);
    Listener err(driver, Stream::err);
    EXPECT_EQ(err.next(), "stderr data e");
    EXPECT_EQ(err.next(), "stderr end_of_file");
    EXPECT_EQ(err.next(), "exited");
    EXPECT_EQ(driver.elapsed(), 40ms);
    Listener out(driver, Stream::out);
    EXPECT_EQ(out.next(), "stdout data o");
    EXPECT_EQ(out.next(), "stdout end_of_file");
    EXPECT_EQ(out.next(), "exited");
}

TEST(NextOutput, of_one_stream_says_that_the_other_is_full) {
    FakeDriver driver({.buffer_limit = 2});
    driver.says(10ms, "nobody takes it").says(20ms, "e", Stream::err);
    Listener err(driver, Stream::err);
    EXPECT_EQ(err.next(), "limit") << "the child may be stuck on it";
    EXPECT_EQ(driver.elapsed(), 10ms);
    driver.talk.bytes(Stream::out).clear();
    EXPECT_EQ(err.next(), "stderr data e");
    EXPECT_EQ(driver.elapsed(), 20ms);
}

TEST(NextOutput, of_one_stream_gives_what_is_there_although_the_other_is_full) {
    FakeDriver driver({.buffer_limit = 2});
    driver.talk.on_data(Stream::out, "full", start);
    driver.says(0ms, "e", Stream::err);
    EXPECT_EQ(Listener(driver, Stream::err).next(), "stderr data e");
}

TEST(NextOutput, of_one_stream_ends_when_we_have_closed_it) {
    FakeDriver driver;
    driver.does(10ms, [](FakeDriver &d) { d.talk.on_closed(Stream::err); });
    EXPECT_EQ(Listener(driver, Stream::err).next(), "closed");
    EXPECT_EQ(driver.elapsed(), 10ms);
}

TEST(NextOutput, gives_the_same_wherever_the_data_is_split) {
    const std::string text = "one two";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        for (const std::size_t read_size : {std::size_t{1}, std::size_t{2}, std::size_t{100}}) {
            FakeDriver driver;
            driver.read_size = read_size;
            driver.says(1ms, text.substr(0, at)).says(2ms, text.substr(at));
            driver.ends(3ms, Stream::out).ends(3ms, Stream::err).exits(3ms);
            Listener listener(driver);
            EXPECT_EQ(listener.rest_of_stdout(), text) << "split at " << at << ", read by " << read_size;
        }
    }
}

} // namespace
