#include "core/operation.hpp"

namespace backchat::core {

std::optional<Reason> ReadInterval::outcome(const Conversation &talk, Clock::time_point) {
    switch (talk.eof(stream_)) {
    case Eof::open: break;
    case Eof::cut: return Reason::exited;
    case Eof::complete: return Reason::end_of_file;
    case Eof::closed: return Reason::closed;
    case Eof::failed: return Reason::failed;
    case Eof::not_a_pipe: return Reason::failed;
    }
    if (talk.full(stream_)) return Reason::limit;
    // With the other output full, the child may never come to write to this one.
    if (looked_ && talk.stuck()) return Reason::limit;
    return std::nullopt;
}

std::optional<Reason> NextOutput::outcome(const Conversation &talk, Clock::time_point) {
    for (const Stream stream : {Stream::out, Stream::err}) {
        stream_ = stream;
        if (concerns(stream) && !talk.bytes(stream).empty()) return Reason::data;
    }
    for (const Stream stream : {Stream::out, Stream::err}) {
        stream_ = stream;
        const bool ended = talk.eof(stream) == Eof::complete || talk.eof(stream) == Eof::failed;
        if (concerns(stream) && ended && !told(stream)) return talk.quiet_reason(stream);
    }
    if (only_ && talk.eof(*only_) == Eof::closed) {
        stream_ = *only_;
        return Reason::closed;
    }
    if (talk.finished()) return Reason::exited;
    if (looked_ && talk.stuck()) return Reason::limit;
    return std::nullopt;
}

std::optional<Reason> Write::outcome(const Conversation &talk, Clock::time_point) {
    if (sent_ == data_.size()) return Reason::data;
    if (talk.input_end()) return talk.input_end();
    if (!blocked_) return std::nullopt;
    if (talk.status()) return Reason::exited;
    // The child may be waiting for us to read, and we have no room: only the caller can go on.
    if (talk.stuck()) return Reason::limit;
    return std::nullopt;
}

std::optional<Reason> Exchange::outcome(const Conversation &talk, Clock::time_point) {
    if (talk.finished()) return Reason::exited;
    return std::nullopt;
}

std::optional<Reason> Exit::outcome(const Conversation &talk, Clock::time_point) {
    if (talk.status()) return Reason::exited;
    if (talk.stuck()) return Reason::limit;
    return std::nullopt;
}

} // namespace backchat::core
