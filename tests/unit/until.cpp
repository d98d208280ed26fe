#include "core/until.hpp"

#include "unit/fake_driver.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace {

using namespace unit;
using backchat::any_of;
using backchat::bytes;
using backchat::Condition;
using backchat::Conditions;
using backchat::end_of_file;
using backchat::exit;
using backchat::line;
using backchat::Outputs;
using backchat::predicate;
using backchat::quiet;
using backchat::Search;
using backchat::core::Until;

/// What a wait has come to, and what it left.
struct Outcome {
    Reason reason;
    std::string taken; // up to and including the match
    std::string match;
    std::size_t condition = 99;
    Stream stream = Stream::out;
};

Outcome wait(FakeDriver &driver, const Conditions &conditions, std::chrono::nanoseconds timeout = 10s,
             Outputs outputs = Outputs::out) {
    Until until(conditions, outputs, start + driver.elapsed());
    Outcome outcome{driver.drive(until, timeout), {}, {}};
    if (!until.hit()) return outcome;
    outcome.stream = until.hit()->stream;
    outcome.condition = until.hit()->condition;
    const auto &match = until.hit()->match;
    outcome.match = driver.talk.bytes(outcome.stream).view().substr(match.begin, match.end - match.begin);
    outcome.taken = driver.talk.bytes(outcome.stream).take(match.end);
    return outcome;
}

TEST(Until, finds_a_text_and_keeps_what_follows) {
    FakeDriver driver;
    driver.says(10ms, "one two").says(20ms, " three two");
    const Outcome first = wait(driver, "two");
    EXPECT_EQ(first.taken, "one two");
    EXPECT_EQ(first.match, "two");
    EXPECT_EQ(driver.elapsed(), 10ms);
    EXPECT_EQ(wait(driver, "two").taken, " three two");
}

TEST(Until, finds_what_was_there_before) {
    FakeDriver driver;
    driver.says(0ms, "ab\ncd\n");
    EXPECT_EQ(wait(driver, line()).taken, "ab\n");
    EXPECT_EQ(wait(driver, line(), 0ms).taken, "cd\n");
    EXPECT_EQ(driver.elapsed(), 0ms);
}

/// Every condition that looks for something in the text, with a text in which it is met, and by what.
struct Sample {
    const char *name;
    Condition condition;
    std::string text;
    std::string taken;
};

std::vector<Sample> samples() {
    return {
        {"literal", "needle", "hay needlehay", "hay needle"},
        {"literal_that_repeats_itself", "aab", "aaaaab aab", "aaaaab"},
        {"any", any_of({"second", "econ", "cond"}), "the second", "the secon"},
        {"line_feed", line(), "one\ntwo\n", "one\n"},
        {"carriage_return_line_feed", line(), "one\r\ntwo", "one\r\n"},
        {"carriage_return", line(), "one\rtwo", "one\r"},
        {"bytes", bytes(5), "1234567", "12345"},
        {"predicate", predicate([](std::string_view text) { return text.find("}") + 1; }), "{a} {b}", "{a}"},
    };
}

TEST(Until, finds_the_same_wherever_the_text_is_split) {
    for (const Sample &sample : samples()) {
        for (std::size_t split = 0; split <= sample.text.size(); ++split) {
            SCOPED_TRACE(std::string(sample.name) + " split at " + std::to_string(split));
            FakeDriver driver;
            driver.says(10ms, sample.text.substr(0, split)).says(20ms, sample.text.substr(split));
            EXPECT_EQ(wait(driver, sample.condition).taken, sample.taken);
        }
    }
}

TEST(Until, finds_the_same_byte_by_byte) {
    for (const Sample &sample : samples()) {
        SCOPED_TRACE(sample.name);
        FakeDriver driver;
        for (std::size_t i = 0; i < sample.text.size(); ++i)
            driver.says(std::chrono::milliseconds(i), sample.text.substr(i, 1));
        EXPECT_EQ(wait(driver, sample.condition).taken, sample.taken);
    }
}

TEST(Until, takes_the_condition_that_is_met_by_the_earliest_byte) {
    FakeDriver driver;
    driver.says(10ms, "error: ok\n");
    const Outcome outcome = wait(driver, {"ok", "rror", "error: "});
    EXPECT_EQ(outcome.condition, 1U);
    EXPECT_EQ(outcome.taken, "error");
}

TEST(Until, takes_the_first_named_of_those_that_are_met_by_the_same_byte) {
    FakeDriver driver;
    driver.says(10ms, "> ");
    EXPECT_EQ(wait(driver, {"> ", " "}).condition, 0U);
    driver.says(20ms, "> ");
    EXPECT_EQ(wait(driver, {" ", "> "}).condition, 0U);
}

TEST(Until, leaves_everything_where_it_is_when_the_time_is_over) {
    FakeDriver driver;
    driver.says(10ms, "half a li").says(200ms, "ne\n");
    EXPECT_EQ(wait(driver, line(), 100ms).reason, Reason::timeout);
    EXPECT_EQ(driver.elapsed(), 100ms);
    EXPECT_EQ(driver.talk.bytes(Stream::out).view(), "half a li");
    EXPECT_EQ(wait(driver, line()).taken, "half a line\n");
}

TEST(Until, is_met_by_silence) {
    FakeDriver driver;
    driver.says(10ms, "a").says(50ms, "b").says(200ms, "c");
    const Outcome outcome = wait(driver, {"x", quiet(100ms)});
    EXPECT_EQ(outcome.condition, 1U);
    EXPECT_EQ(outcome.taken, "ab");
    EXPECT_EQ(outcome.match, "");
    EXPECT_EQ(driver.elapsed(), 150ms);
}

TEST(Until, counts_silence_from_its_own_start) {
    FakeDriver driver;
    driver.says(0ms, "a").does(500ms, [](FakeDriver &) {});
    EXPECT_EQ(wait(driver, "nothing", 500ms).reason, Reason::timeout);
    EXPECT_EQ(wait(driver, quiet(100ms)).taken, "a");
    EXPECT_EQ(driver.elapsed(), 600ms);
}

TEST(Until, hears_both_streams_for_silence) {
    FakeDriver driver;
    driver.says(10ms, "a").says(80ms, "b", Stream::err);
    EXPECT_EQ(wait(driver, quiet(100ms), 10s, Outputs::both).reason, Reason::data);
    EXPECT_EQ(driver.elapsed(), 180ms);
}

TEST(Until, refuses_a_silence_of_less_than_nothing) { EXPECT_THROW(quiet(-1ns), std::invalid_argument); }

TEST(Until, looks_at_the_stream_it_was_told_or_at_both) {
    FakeDriver driver;
    driver.says(10ms, "warning\n", Stream::err).says(20ms, "result\n");
    const Outcome err = wait(driver, line(), 10s, Outputs::both);
    EXPECT_EQ(err.stream, Stream::err);
    EXPECT_EQ(err.taken, "warning\n");
    driver.says(30ms, "more\n", Stream::err);
    EXPECT_EQ(wait(driver, line()).taken, "result\n");
    EXPECT_EQ(wait(driver, line(), 10s, Outputs::err).taken, "more\n");
}

TEST(Until, ends_with_the_stream) {
    FakeDriver driver;
    driver.says(10ms, "tail").ends(20ms, Stream::out);
    EXPECT_EQ(wait(driver, line()).reason, Reason::end_of_file);
    EXPECT_EQ(driver.talk.bytes(Stream::out).view(), "tail");
    const Outcome named = wait(driver, {line(), end_of_file()});
    EXPECT_EQ(named.condition, 1U);
    EXPECT_EQ(named.taken, "tail");
}

TEST(Until, takes_a_carriage_return_at_the_end_for_the_end_of_a_line) {
    FakeDriver driver;
    driver.says(10ms, "tail\r").ends(20ms, Stream::out);
    EXPECT_EQ(wait(driver, line()).taken, "tail\r");
    EXPECT_EQ(driver.elapsed(), 20ms);
}

TEST(Until, waits_for_both_ends_when_it_looks_at_both) {
    FakeDriver driver;
    driver.ends(10ms, Stream::out).says(20ms, "late", Stream::err).ends(30ms, Stream::err);
    const Outcome outcome = wait(driver, end_of_file(), 10s, Outputs::both);
    EXPECT_EQ(outcome.reason, Reason::data);
    EXPECT_EQ(driver.elapsed(), 30ms);
}

TEST(Until, is_met_by_the_exit_with_all_that_was_written_before) {
    FakeDriver driver({.linger = {.idle = 5s, .total = 5s}});
    driver.read_size = 10;
    driver.says(10ms, std::string(100, 'x')).exits(10ms);
    const Outcome outcome = wait(driver, exit());
    EXPECT_EQ(outcome.taken.size(), 100U);
    EXPECT_EQ(driver.elapsed(), 10ms) << "and not only after the linger";
}

TEST(Until, waits_for_the_exit_beyond_the_end_of_the_stream) {
    FakeDriver driver;
    driver.says(10ms, "tail").ends(20ms, Stream::out).exits(50ms);
    EXPECT_EQ(wait(driver, exit()).taken, "tail");
    EXPECT_EQ(driver.elapsed(), 50ms);
}

TEST(Until, ends_when_a_stream_is_cut) {
    FakeDriver driver({.linger = {.idle = 50ms, .total = 1s}});
    driver.says(10ms, "tail").exits(20ms);
    EXPECT_EQ(wait(driver, "nothing").reason, Reason::exited);
    EXPECT_EQ(driver.elapsed(), 70ms);
}

TEST(Until, ends_when_the_buffer_is_full) {
    FakeDriver driver({.buffer_limit = 10});
    driver.says(10ms, std::string(20, 'x'));
    EXPECT_EQ(wait(driver, "nothing").reason, Reason::limit);
    EXPECT_FALSE(driver.talk.bytes(Stream::out).empty());
}

TEST(Until, starts_over_when_somebody_has_taken_something) {
    FakeDriver driver;
    driver.says(10ms, "abc").does(20ms, [](FakeDriver &d) { d.talk.bytes(Stream::out).take(2); }).says(30ms, "def");
    EXPECT_EQ(wait(driver, "cd").taken, "cd");
}

TEST(Until, starts_over_when_something_was_put_back) {
    FakeDriver driver;
    driver.says(10ms, "bc").does(20ms, [](FakeDriver &d) { d.talk.bytes(Stream::out).prepend("a"); }).says(30ms, "!");
    EXPECT_EQ(wait(driver, "abc").taken, "abc");
}

/// Counts the bytes that are handed to a predicate.
TEST(Until, asks_a_predicate_once_for_each_piece) {
    int asked = 0;
    FakeDriver driver;
    driver.says(10ms, "a").says(20ms, "b", Stream::err).says(30ms, "c");
    wait(driver, predicate([&](std::string_view text) {
             ++asked;
             return text == "ac" ? text.size() : 0;
         }));
    EXPECT_EQ(asked, 2);
}

TEST(Until, takes_searches_of_the_callers) {
    /// The first digit.
    class Digit : public Search {
        std::optional<backchat::Match> look(const Text &text) override {
            const auto at = text.bytes.find_first_of("0123456789");
            if (at == std::string_view::npos) return std::nullopt;
            return backchat::Match{at, at + 1};
        }
    };
    FakeDriver driver;
    driver.says(10ms, "ab1c");
    const Condition digit{Condition::MakeSearch([] { return std::make_unique<Digit>(); })};
    EXPECT_EQ(wait(driver, digit).taken, "ab1");
}

} // namespace
