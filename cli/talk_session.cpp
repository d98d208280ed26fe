#include "talk_session.hpp"

#include <utility>

namespace backchat::cli {

TalkSession::TalkSession(Popen &child, Outlets &outlets, Screen &screen, Transcript *transcript,
                         const SignalForwarder &signals, std::shared_ptr<Wakeup> wakeup)
    : child_(child), outlets_(outlets), screen_(screen), transcript_(transcript), signals_(signals),
      wakeup_(std::move(wakeup)) {}

Output TalkSession::receive(Clock::time_point until) {
    std::stop_token token = wakeup_->renew();
    close_broken_outlets();
    while (!has_room()) {
        if (!wait_for_stop(token, until)) return {Stream::out, {}, Reason::timeout, {}};
        if (signals_.ended_by() != 0) return {Stream::out, {}, Reason::cancelled, {}};
        token = wakeup_->renew();
        close_broken_outlets();
    }
    if (signals_.ended_by() != 0) return {Stream::out, {}, Reason::cancelled, {}};
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

void TalkSession::finish(Clock::time_point until) {
    for (;;) {
        const std::stop_token token = wakeup_->renew();
        if (signals_.ended_by() != 0) return;
        const Deadline deadline(until, token);
        if (outlets_.finish(deadline) && (transcript_ == nullptr || transcript_->writer().finish(deadline))) return;
        if (Clock::now() >= until) return;
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
