#include "transcript.hpp"

#include <utility>

namespace backchat::cli {

namespace {

constexpr Marks marks{.tag = true, .time = true};

} // namespace

Transcript::Transcript(ResultFile file, std::shared_ptr<Wakeup> wakeup, LineMarker::Clock::time_point start)
    : file_(std::move(file)), writer_(std::move(wakeup)), in_("in ", marks, start), out_("out", marks, start),
      err_("err", marks, start), end_("end", marks, start) {}

void Transcript::note(Stream stream, std::string_view bytes) {
    std::lock_guard lock(mutex_);
    const auto now = LineMarker::Clock::now();
    switch (stream) {
    case Stream::in: {
        std::string lines = out_.finish() + err_.finish() + in_.mark(bytes, now);
        push(lines + in_.finish());
        break;
    }
    case Stream::out: push(out_.mark(bytes, now)); break;
    case Stream::err: push(err_.mark(bytes, now)); break;
    }
}

void Transcript::note_end(std::string_view text) {
    std::lock_guard lock(mutex_);
    std::string lines = out_.finish() + err_.finish() + end_.mark(text, LineMarker::Clock::now());
    push(lines + end_.finish());
}

} // namespace backchat::cli
