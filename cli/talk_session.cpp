#include "talk_session.hpp"

#include <algorithm>
#include <utility>

namespace backchat::cli {

namespace {

/// What we allow ourselves for writing what is left when a signal is meant for us.
constexpr std::chrono::milliseconds last_write(100);

} // namespace

TalkSession::TalkSession(Popen &child, Outlets &outlets, Screen &screen, Transcript *transcript,
                         const SignalForwarder &signals, std::shared_ptr<Wakeup> wakeup)
    : child_(child), outlets_(outlets), screen_(screen), transcript_(transcript), signals_(signals),
      wakeup_(std::move(wakeup)) {}

Output TalkSession::receive(Clock::time_point until) {
    std::stop_token token = wakeup_->renew();
    close_broken_outlets();
    while (!has_room()) {
        if (signals_.ended_by() != 0) return {Stream::out, {}, Reason::closed, {}};
        if (!wait_for_stop(token, until)) return {Stream::out, {}, Reason::timeout, {}};
        token = wakeup_->renew();
        close_broken_outlets();
    }
    Output output = child_.wait_output(Deadline(until, token));
    if (output.reason == Reason::data) {
        if (transcript_ != nullptr) transcript_->note(output.stream, output.data);
        screen_.show(output.stream, output.data);
    }
    return output;
}

void TalkSession::receive_rest() {
    const Clock::time_point now = Clock::now();
    for (Reason reason = Reason::data; reason == Reason::data || reason == Reason::end_of_file;)
        reason = receive(now).reason;
}

Transferred TalkSession::send(std::string_view text, const Deadline &until) { return child_.asyncwrite(text, until); }

void TalkSession::announce(std::string_view text) {
    if (transcript_ != nullptr) transcript_->note(Stream::in, text);
    screen_.show_sent(text);
}

bool TalkSession::finish(Clock::time_point until) {
    screen_.leave();
    for (;;) {
        const std::stop_token token = wakeup_->renew();
        if (signals_.ended_by() != 0) until = std::min(until, Clock::now() + last_write);
        const Deadline deadline(until, token);
        if (outlets_.finish(deadline) && (transcript_ == nullptr || transcript_->writer().finish(deadline)))
            return true;
        if (Clock::now() >= until) return false;
    }
}

bool TalkSession::has_room() const {
    return outlets_.has_room(Stream::out) && outlets_.has_room(Stream::err) &&
           (transcript_ == nullptr || transcript_->writer().has_room());
}

/// Nobody reads what we show any more: the child shall learn of it by its own SIGPIPE.
void TalkSession::close_broken_outlets() {
    for (const Stream stream : {Stream::out, Stream::err})
        if (outlets_.error(stream) && child_.eof(stream) == Eof::open) child_.close_output(stream);
}

} // namespace backchat::cli
