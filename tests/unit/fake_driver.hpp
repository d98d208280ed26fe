#pragma once

#include "core/conversation.hpp"
#include "core/operation.hpp"
#include "unit/fake_time.hpp"

#include <backchat/options.hpp>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace unit {

using backchat::Clock;
using backchat::Eof;
using backchat::ExitStatus;
using backchat::Options;
using backchat::Reason;
using backchat::Stream;

/// Drives a conversation with a child that is a list of events, by a clock that moves to the next of them.
///
/// It does what a driver has to: it reads what the conversation wants, writes what the operation has pending, tells of
/// ends and of the exit, and cuts when it is time. A test says what the child does and when, then drives an operation.
class FakeDriver {
public:
    using Event = std::function<void(FakeDriver &)>;

    explicit FakeDriver(const Options &options = {}) : talk(options) {}

    // ---- What the child, or anybody, does; times count from the start. Those of the same time happen in this order.

    FakeDriver &does(std::chrono::nanoseconds when, Event event);
    FakeDriver &says(std::chrono::nanoseconds when, std::string bytes, Stream stream = Stream::out);
    FakeDriver &ends(std::chrono::nanoseconds when, Stream stream);
    FakeDriver &fails(std::chrono::nanoseconds when, Stream stream, std::errc error);
    FakeDriver &exits(std::chrono::nanoseconds when, ExitStatus status = ExitStatus::exited(0));
    /// Reads that many bytes of its stdin, or as many as come.
    FakeDriver &takes(std::chrono::nanoseconds when, std::size_t bytes);
    /// Nobody reads its stdin any more.
    FakeDriver &breaks_input(std::chrono::nanoseconds when);

    /// Goes on until the operation has an outcome, or `timeout` has passed.
    ///
    /// Throws std::runtime_error when the operation would wait for ever, or asks to be woken in the past.
    Reason drive(backchat::core::Operation &operation, std::optional<std::chrono::nanoseconds> timeout = std::nullopt);

    /// What has passed since the start.
    std::chrono::nanoseconds elapsed() const { return now_ - start; }
    /// What the child has got of its stdin.
    const std::string &got() const { return got_; }
    /// What lies unread in the pipe of an output.
    std::size_t unread(Stream stream) const { return pipe(stream).held.size(); }

    backchat::core::Conversation talk;
    std::size_t read_size = 65536;  // of one read of an output
    std::size_t input_room = 65536; // of the pipe to the child's stdin

private:
    struct Pipe {
        std::string held;
        std::optional<Reason> end; // behind what is held
        std::error_code error;
    };

    void write(backchat::core::Operation &operation);
    bool read_wanted();
    bool read_once(Stream stream);
    void cut_if_due();
    /// Lets happen what is due; says whether anything was.
    bool happens();
    /// Reads what is there, or lets time pass until something happens.
    void look(Clock::time_point until);
    Pipe &pipe(Stream stream) { return pipes_[stream == Stream::err ? 1 : 0]; }
    const Pipe &pipe(Stream stream) const { return pipes_[stream == Stream::err ? 1 : 0]; }

    Clock::time_point now_ = start;
    std::multimap<Clock::time_point, Event> events_;
    std::array<Pipe, 2> pipes_;
    std::string got_;
};

} // namespace unit
