#include "relay.hpp"

#include "cli/platform/wording.hpp"
#include "complaint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

namespace backchat::cli {

namespace {

/// What we allow ourselves for writing what is left when the time is up.
constexpr std::chrono::milliseconds last_write(100);

/// How often to look at one stream while the other's reader stands still.
constexpr std::chrono::milliseconds look_again(20);

} // namespace

Relay::Relay(Popen &child, Outlets &outlets, const SignalForwarder &signals, std::shared_ptr<Wakeup> wakeup,
             const Limits &limits, Marks marks)
    : child_(child), outlets_(outlets), signals_(signals), wakeup_(std::move(wakeup)), limits_(limits) {
    for (Channel &channel : channels_) {
        channel.ended = child_.eof(channel.stream) == Eof::not_a_pipe;
        if (marks.tag || marks.time)
            channel.marker.emplace(channel.stream == Stream::err ? "err" : "out", marks, limits_.start);
    }
}

Outcome Relay::run() {
    Reason reason = pass_on(Pace::as_it_comes, end_of_timeout());
    if (reason == Reason::timeout) {
        // A child that has ended in time, with descendants that keep its outputs, is not late.
        if (child_.poll()) reason = Reason::exited;
        else stop_tree();
        pass_on(Pace::what_is_there, last_moment());
    } else if (reason == Reason::cancelled) {
        // The signal may be the very one by which the child ended, and then everything has come already.
        if (pass_on(Pace::what_is_there, Clock::now() + last_write) == Reason::exited) reason = Reason::exited;
    }
    collect(reason);
    outcome_.delivered = deliver();
    return std::move(outcome_);
}

Reason Relay::pass_on(Pace pace, Clock::time_point until) {
    for (;;) {
        const std::stop_token token = wakeup_->renew();
        if (pace == Pace::as_it_comes && signals_.ended_by() != 0) return Reason::cancelled;
        if (pace == Pace::while_stopped && stopped_) return Reason::timeout;
        // A child that never pauses has something for us whenever we ask; wait_output would not look at the clock.
        if (Clock::now() >= until) return Reason::timeout;
        close_broken_outlets();
        const Reason reason = pass_on_next(pace, until, token);
        if (reason == Reason::exited || reason == Reason::timeout) return reason;
    }
}

Reason Relay::pass_on_next(Pace pace, Clock::time_point until, const std::stop_token &token) {
    const bool all_room = has_room(channel(Stream::out)) && has_room(channel(Stream::err));
    const Channel *alone = all_room ? nullptr : the_one_with_room();
    const auto wait_for_room = [&] { return wait_for_stop(token, until) ? Reason::cancelled : Reason::timeout; };
    if (!all_room && alone == nullptr) return wait_for_room();

    const Deadline deadline(pace == Pace::what_is_there ? Clock::now() : until, token);
    Output output = all_room ? child_.wait_output(deadline) : child_.wait_output(alone->stream, deadline);
    const Reason reason = output.reason;
    take(std::move(output));
    // The stream that was not looked at may still hold something, even when the child has ended.
    const bool nothing_more = reason == Reason::exited || (reason == Reason::timeout && pace == Pace::what_is_there);
    if (nothing_more && !all_room) return wait_for_room();
    // The one without room is full to the pipe. The other may still bring something, and does not tell when.
    if (reason == Reason::limit) wait_for_stop(token, std::min(until, Clock::now() + look_again));
    return reason;
}

const Relay::Channel *Relay::the_one_with_room() const {
    for (const Channel &channel : channels_)
        if (!channel.ended && has_room(channel)) return &channel;
    return nullptr;
}

void Relay::take(Output output) {
    Channel &from = channel(output.stream);
    if (output.reason == Reason::end_of_file || output.reason == Reason::failed) {
        if (output.reason == Reason::failed)
            complain(fmt::format("cannot read the child's {}: {}", to_string(output.stream), describe(output.error)));
        end(from);
    }
    if (output.reason != Reason::data) return;
    from.bytes += output.data.size();
    outlets_.push(from.stream, from.marker ? from.marker->mark(output.data, Clock::now()) : std::move(output.data));
}

void Relay::end(Channel &channel) {
    if (channel.marker) outlets_.push(channel.stream, channel.marker->finish());
    channel.ended = true;
}

void Relay::stop_tree() {
    // In a thread of its own, so that what the child says in its last seconds is passed on as it comes.
    std::future<Stopped> stopping = std::async(std::launch::async, [this] {
        struct Notice {
            Relay &relay;
            ~Notice() {
                relay.stopped_ = true;
                relay.wakeup_->request();
            }
        } notice{*this};
        return child_.stop(late_stop(limits_.grace));
    });
    pass_on(Pace::while_stopped, Clock::time_point::max());
    outcome_.tree = stopping.get().tree;
}

/// Nobody reads ours any more: the child shall learn of it by its own SIGPIPE, as if the descriptor were its own.
void Relay::close_broken_outlets() {
    for (Channel &channel : channels_) {
        const std::error_code error = outlets_.error(channel.stream);
        if (channel.ended || !error) continue;
        child_.close_output(channel.stream);
        channel.ended = true;
    }
}

void Relay::collect(Reason reason) {
    outcome_.reason = reason;
    outcome_.wall = Clock::now() - limits_.start;
    outcome_.status = child_.poll();
    outcome_.eof_out = final_eof(channel(Stream::out));
    outcome_.eof_err = final_eof(channel(Stream::err));
    if (outcome_.eof_out == Eof::cut || outcome_.eof_err == Eof::cut) outcome_.holders = child_.holders();
    if (outcome_.eof_out != Eof::not_a_pipe) outcome_.bytes_out = channel(Stream::out).bytes;
    if (outcome_.eof_err != Eof::not_a_pipe) outcome_.bytes_err = channel(Stream::err).bytes;
    outcome_.usage = child_.usage();
    for (Channel &channel : channels_)
        if (!channel.ended) end(channel);
}

/// When the time was up while we lingered, a stream that is still open is one that we stopped waiting for. When it was
/// up while a reader of ours made us wait, there may be more to come.
Eof Relay::final_eof(const Channel &channel) const {
    const Eof eof = child_.eof(channel.stream);
    return eof == Eof::open && outcome_.status && has_room(channel) ? Eof::cut : eof;
}

bool Relay::deliver() {
    for (;;) {
        const std::stop_token token = wakeup_->renew();
        if (signals_.ended_by() != 0) return outlets_.finish(Clock::now() + last_write);
        const Clock::time_point until = last_moment();
        if (outlets_.finish(Deadline(until, token))) return true;
        if (Clock::now() >= until) return false;
    }
}

Clock::time_point Relay::end_of_timeout() const {
    return limits_.timeout ? Deadline::after(*limits_.timeout, limits_.start) : Clock::time_point::max();
}

/// Gives when even our readers have had their time.
Clock::time_point Relay::last_moment() const {
    if (!limits_.timeout) return Clock::time_point::max();
    return std::max(Deadline::after(limits_.grace, end_of_timeout()), Clock::now() + last_write);
}

} // namespace backchat::cli
