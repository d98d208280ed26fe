#pragma once

#include <chrono>
#include <version>
#ifdef __cpp_lib_jthread
#include <stop_token>
#endif

namespace backchat {

/// Every deadline is on the monotonic clock: setting the wall clock neither shortens nor lengthens a wait.
using Clock = std::chrono::steady_clock;

/// Says "no deadline" where one is asked for, so that an unbounded wait is visible at the call.
struct Forever {};
inline constexpr Forever forever{};

/// Says until when a call may wait: a timeout, a point in time or `forever`, and a stop token if there is one.
///
///     p.wait(2s);                  p.wait(backchat::forever);
///     p.wait(Clock::now() + 2s);   p.wait({2s, token});
///
/// A timeout becomes a point in time when the object is made, which at a call is the moment of the call.
/// A zero or negative timeout has passed already: the call looks once and does not wait.
/// A timeout too long for the clock means `forever`.
/// Threads: a value; as safe as an int.
class Deadline {
public:
    template <class Rep, class Period>
    Deadline(std::chrono::duration<Rep, Period> timeout) : at_(after(timeout)) {}
    Deadline(Clock::time_point at) : at_(at) {}
    Deadline(Forever) {}

#ifdef __cpp_lib_jthread
    /// As above, and the wait also ends, with Reason::cancelled, as soon as `token` is asked to stop.
    template <class Rep, class Period>
    Deadline(std::chrono::duration<Rep, Period> timeout, std::stop_token token)
        : at_(after(timeout)), token_(std::move(token)) {}
    Deadline(Clock::time_point at, std::stop_token token) : at_(at), token_(std::move(token)) {}
    Deadline(Forever, std::stop_token token) : token_(std::move(token)) {}

    const std::stop_token &token() const { return token_; }
    bool cancelled() const { return token_.stop_requested(); }
#else
    bool cancelled() const { return false; }
#endif

    /// Gives the point in time; Clock::time_point::max() means forever.
    Clock::time_point at() const { return at_; }
    bool passed(Clock::time_point now) const { return now >= at_; }

    /// Gives the earlier of the two points in time, with this one's token.
    Deadline no_later_than(Clock::time_point bound) const {
        Deadline earlier = *this;
        earlier.at_ = at_ < bound ? at_ : bound;
        return earlier;
    }

    /// Adds without overflow: a sum that the clock cannot hold is `forever`.
    template <class Rep, class Period>
    static Clock::time_point after(std::chrono::duration<Rep, Period> timeout, Clock::time_point now = Clock::now()) {
        using Seconds = std::chrono::duration<double>;
        if (!(Seconds(timeout) > Seconds::zero())) return now; // not a number is no time, too
        if (Seconds(timeout) >= Seconds(Clock::time_point::max() - now)) return Clock::time_point::max();
        return now + std::chrono::ceil<Clock::duration>(timeout);
    }

private:
    Clock::time_point at_ = Clock::time_point::max();
#ifdef __cpp_lib_jthread
    std::stop_token token_;
#endif
};

} // namespace backchat
