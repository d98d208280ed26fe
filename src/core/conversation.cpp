#include "core/conversation.hpp"

namespace backchat::core {

Conversation::Conversation(const Options &options)
    : ending_(options.linger), limit_(options.buffer_limit > 0 ? options.buffer_limit : 1),
      input_is_pipe_(options.in.kind() == Redirect::Kind::pipe) {
    if (options.out.kind() == Redirect::Kind::pipe) output(Stream::out).eof = Eof::open;
    if (options.err.kind() == Redirect::Kind::pipe) output(Stream::err).eof = Eof::open;
}

void Conversation::on_data(Stream stream, std::string_view bytes, Clock::time_point now) {
    output(stream).bytes.append(bytes);
    output(stream).since = now;
    ending_.on_data(now);
}

void Conversation::on_end(Stream stream, Reason reason, std::error_code error) {
    Output &ended = output(stream);
    ended.eof = reason == Reason::failed ? Eof::failed : Eof::complete;
    ended.error = error;
}

void Conversation::on_closed(Stream stream) {
    if (stream == Stream::in) {
        input_end_ = Reason::closed;
        return;
    }
    Output &closed = output(stream);
    closed.eof = Eof::closed;
    closed.bytes.clear();
}

void Conversation::on_input_end(Reason reason, std::error_code error) {
    input_end_ = reason;
    input_error_ = error;
}

void Conversation::on_exit(const ExitStatus &status, const Usage &usage, Clock::time_point now) {
    if (status_) return;
    status_ = status;
    usage_ = usage;
    ending_.on_exit(now);
}

void Conversation::on_cut() {
    for (const Stream stream : {Stream::out, Stream::err})
        if (wants(stream)) output(stream).eof = Eof::cut;
}

bool Conversation::wants(Stream stream) const { return output(stream).eof == Eof::open && !full(stream); }

bool Conversation::is_pipe(Stream stream) const {
    return stream == Stream::in ? input_is_pipe_ : output(stream).eof != Eof::not_a_pipe;
}

Reason Conversation::quiet_reason(Stream stream) const {
    switch (output(stream).eof) {
    case Eof::complete: return Reason::end_of_file;
    case Eof::closed: return Reason::closed;
    case Eof::failed: return Reason::failed;
    case Eof::not_a_pipe:
    case Eof::open:
    case Eof::cut: break;
    }
    return Reason::would_block;
}

} // namespace backchat::core
