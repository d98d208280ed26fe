#pragma once

#include "line_marker.hpp"
#include "outcome.hpp"
#include "outlets.hpp"
#include "signal_forwarder.hpp"
#include "wakeup.hpp"

#include <backchat/popen.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>

namespace backchat::cli {

/// How long a child may take, and how it is treated after that.
struct Limits {
    Clock::time_point start;
    std::optional<std::chrono::nanoseconds> timeout; // since start
    std::chrono::nanoseconds grace;                  // for all that comes after the timeout
};

/// Passes the child's outputs on to ours, as they come, until the exit and end-of-file contract is fulfilled, or the
/// timeout has passed and the tree is stopped, or a signal has ended us.
///
/// The queues in front of our outputs are bounded. When one is full, its stream is left in the pipe, so that a slow
/// reader of ours slows the child down as if it were the child's own; the other stream goes on.
/// Threads: one object, one thread.
class Relay {
public:
    Relay(Popen &child, Outlets &outlets, const SignalForwarder &signals, std::shared_ptr<Wakeup> wakeup,
          const Limits &limits, Marks marks);

    Outcome run();

private:
    struct Channel {
        Stream stream;
        bool ended = false; // nothing more comes
        std::uint64_t bytes = 0;
        std::optional<LineMarker> marker{};
    };
    enum class Pace {
        as_it_comes,   // until the end
        while_stopped, // until stop_tree's other thread has done its work
        what_is_there, // until there is nothing left for the moment
    };

    Reason pass_on(Pace pace, Clock::time_point until);
    Reason pass_on_next(Pace pace, Clock::time_point until, const std::stop_token &token);
    const Channel *the_one_with_room() const;
    void take(Output output);
    void end(Channel &channel);
    void stop_tree();
    void close_broken_outlets();
    void collect(Reason reason);
    Eof final_eof(const Channel &channel) const;
    bool deliver();
    bool has_room(const Channel &channel) const { return channel.ended || outlets_.has_room(channel.stream); }
    Clock::time_point end_of_timeout() const;
    Clock::time_point last_moment() const;
    Channel &channel(Stream stream) { return channels_[stream == Stream::err ? 1 : 0]; }

    Popen &child_;
    Outlets &outlets_;
    const SignalForwarder &signals_;
    std::shared_ptr<Wakeup> wakeup_;
    Limits limits_;
    std::array<Channel, 2> channels_{Channel{Stream::out}, Channel{Stream::err}};
    std::atomic<bool> stopped_{false};
    Outcome outcome_;
};

} // namespace backchat::cli
