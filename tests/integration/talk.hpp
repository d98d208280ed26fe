#pragma once

/// What most tests of the public API need: bounds, and ways to read what a child says.

#include "support/child.hpp"
#include "support/feature.hpp"
#include "support/text.hpp"
#include "support/time.hpp"

#include <backchat/backchat.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace backchat {

// By these the operands of a failed comparison are readable.
inline void PrintTo(Reason reason, std::ostream *to) { *to << to_string(reason); }
inline void PrintTo(Stage stage, std::ostream *to) { *to << to_string(stage); }
inline void PrintTo(Eof eof, std::ostream *to) { *to << to_string(eof); }
inline void PrintTo(Stream stream, std::ostream *to) { *to << to_string(stream); }
inline void PrintTo(const ExitStatus &status, std::ostream *to) { *to << to_string(status); }

} // namespace backchat

namespace integration {

using namespace std::chrono_literals;
using namespace backchat;
using support::child;
using support::scaled;
using support::Stopwatch;

/// Their numbers are the same on every system.
inline constexpr int signal_interrupt = 2;
inline constexpr int signal_kill = 9;
inline constexpr int signal_terminate = 15;

/// A bound that no working call comes near to.
inline Deadline soon() { return scaled(10s); }

/// Reads stdout until `enough` says so, and gives all of it; stderr is put into `*err`, if given.
template <class Enough>
std::string read_until(Popen &p, Enough enough, std::string *err = nullptr) {
    std::string text;
    const Deadline bound = soon();
    while (!enough(text)) {
        const Output got = p.wait_output(bound);
        if (got.stream == Stream::out) text += got.data;
        else if (err) *err += got.data;
        if (got.reason != Reason::data && got.reason != Reason::end_of_file) {
            throw std::runtime_error(std::string("reading ended with ") + to_string(got.reason) + " after: " + text);
        }
    }
    return text;
}

/// Reads stdout up to `text` at least.
inline std::string read_until_text(Popen &p, std::string_view text) {
    return read_until(p, [text](const std::string &got) { return got.find(text) != std::string::npos; });
}

/// Reads `count` lines of stdout at least.
inline std::string read_lines(Popen &p, long count) {
    return read_until(p, [count](const std::string &got) { return std::count(got.begin(), got.end(), '\n') >= count; });
}

/// Options by which a child's tree can be ended as a whole on every platform, as long as nobody leaves the group.
inline Options reachable(Options options = {}) {
    if (!support::has(support::Feature::descendants)) options.process_group = ProcessGroup::own();
    return options;
}

/// Options by which a child can be asked to end: on Windows, Ctrl-Break goes to a group.
inline Options askable(Options options = {}) {
    if (!support::has(support::Feature::session)) options.process_group = ProcessGroup::own();
    return options;
}

/// How a child ends that is asked to and does not object; where it cannot be asked, it is killed in the end.
inline ExitStatus ended_when_asked(int number = signal_terminate) {
    return ExitStatus::signaled(support::has(support::Feature::polite_signals) ? number : signal_kill);
}

/// What ends_on_terminate says when it is interrupted; Windows has the same for both.
inline const char *said_when_interrupted() {
    return support::has(support::Feature::session) ? "interrupted\n" : "terminating\n";
}

/// Calls until the answer is not would_block, where a call does not see at once what has happened at the other end.
template <class Call>
auto settled(Call call) {
    auto got = call();
    if (support::has(support::Feature::immediacy)) return got;
    support::eventually(
        [&] { return got.reason != Reason::would_block || (got = call()).reason != Reason::would_block; });
    return got;
}

/// How a child ends that goes on writing to a pipe that nobody reads: on Windows its write fails, and it says so.
inline ExitStatus ended_by_broken_pipe() {
#ifdef SIGPIPE
    return ExitStatus::signaled(SIGPIPE);
#else
    return ExitStatus::exited(1);
#endif
}

/// Gives the numbers among `lines`, as starts_tree prints those of its processes between words.
inline std::vector<Pid> numbers_in(const std::vector<std::string> &lines) {
    std::vector<Pid> numbers;
    for (const auto &line : lines) {
        if (!line.empty() && line.find_first_not_of("0123456789") == std::string::npos) {
            numbers.push_back(std::stoll(line));
        }
    }
    return numbers;
}

/// Spawns, gives it nothing, and reads all it says.
inline Completed collect(std::vector<std::string> argv, const Options &options = {}) {
    Popen p(std::move(argv), options);
    return p.communicate(soon());
}

/// As collect(), for a child that must succeed; gives its stdout.
inline std::string output_of(std::vector<std::string> argv, const Options &options = {}) {
    const Completed done = collect(std::move(argv), options);
    EXPECT_TRUE(done.success()) << to_string(done.reason) << ' ' << (done.status ? to_string(*done.status) : "runs")
                                << ' ' << done.err;
    return done.out;
}

/// Gives the error that a spawn must end in.
inline SpawnError spawn_error_of(std::vector<std::string> argv, const Options &options = {}) {
    try {
        const Popen p(std::move(argv), options);
    } catch (const SpawnError &error) {
        return error;
    }
    throw std::runtime_error("the spawn was expected to fail, and has not");
}

/// Fails unless the spawn fails at `stage` with `code`.
inline void expect_spawn_error(Stage stage, std::errc code, std::vector<std::string> argv,
                               const Options &options = {}) {
    const SpawnError error = spawn_error_of(std::move(argv), options);
    EXPECT_EQ(error.stage(), stage) << error.what();
    EXPECT_EQ(error.code(), code) << error.what();
}

} // namespace integration
