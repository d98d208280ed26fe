// The calls: those that never wait, and those that wait for what their name says.

#include "base/bytes.hpp"
#include "core/driver.hpp"
#include "core/driver_guards.hpp"

#include <backchat/error.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace backchat::core {
namespace {

/// How long to look for who holds a pipe: on a machine with very many descriptors, that they are all named is not worth
/// a wait.
constexpr auto holders_bound = std::chrono::seconds(1);

} // namespace

// ---- Without waiting.

void Driver::require_pipe(Stream stream) const {
    if (!talk_.is_pipe(stream))
        throw NotAPipe(std::string("the child's ") + to_string(stream) + " was not spawned as Redirect::pipe()");
}

void Driver::require_output(Stream stream) const {
    if (stream == Stream::in) throw NotAPipe("the child's stdin is not an output");
    require_pipe(stream);
}

Transferred Driver::send(std::span<const std::byte> data) {
    const Lock lock(mutex_);
    require_pipe(Stream::in);
    return write_some(base::as_text(data));
}

Received Driver::recv(Stream stream, std::size_t max_bytes) {
    const Lock lock(mutex_);
    require_output(stream);
    keep_held();
    if (!talk_.bytes(stream).empty()) return {take(stream, max_bytes), Reason::data};
    const Transferred got = read_into_scratch(stream, max_bytes);
    if (got.reason != Reason::data) return {{}, talk_.quiet_reason(stream), talk_.error(stream)};
    Received received{std::string(base::as_text(scratch().first(got.bytes))), Reason::data};
    held_ = 0;
    return received;
}

Transferred Driver::recv_into(Stream stream, std::span<std::byte> buffer) {
    const Lock lock(mutex_);
    require_output(stream);
    keep_held();
    if (const std::size_t n = talk_.bytes(stream).take_into(buffer); n > 0) {
        update_poller(); // there may be room again
        return {n, Reason::data};
    }
    if (auto &end = end_of(stream); end && !buffer.empty()) {
        const Transferred got = end->try_read(buffer);
        on_read(stream, got);
        if (got.reason == Reason::data) return got;
    }
    return {0, talk_.quiet_reason(stream), talk_.error(stream)};
}

void Driver::close_stdin() {
    const Lock lock(mutex_);
    close_input();
}

void Driver::close_output(Stream stream) {
    const Lock lock(mutex_);
    require_output(stream);
    talk_.on_closed(stream);
    drop_ended_streams();
    changed_.notify_all();
}

void Driver::close_input() {
    if (!talk_.is_pipe(Stream::in)) return;
    // A pipe that broke before stays known as broken until it is closed.
    talk_.on_closed(Stream::in);
    drop_ended_streams();
    changed_.notify_all();
}

std::optional<ExitStatus> Driver::poll() {
    const Lock lock(mutex_);
    check_exit();
    return talk_.status();
}

bool Driver::send_signal(int number) {
    const Lock lock(mutex_);
    check_exit();
    return !talk_.status() && named(Stage::signal, [&] { return process_.send_signal(number); });
}

std::optional<ExitStatus> Driver::status() const {
    const Lock lock(mutex_);
    return talk_.status();
}

Usage Driver::usage() const {
    const Lock lock(mutex_);
    return talk_.usage();
}

Eof Driver::eof(Stream stream) const {
    const Lock lock(mutex_);
    if (stream == Stream::in) throw NotAPipe("the child's stdin is not an output");
    return talk_.eof(stream);
}

Holders Driver::holders() {
    Lock lock(mutex_);
    return find_holders(lock, Clock::now() + holders_bound);
}

// ---- Waiting.

Received Driver::asyncread(const Deadline &until, Stream stream) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    require_output(stream);
    ReadInterval operation(stream);
    const Reason reason = drive(lock, operation, until);
    return {take(stream), reason, talk_.error(stream)};
}

Transferred Driver::asyncwrite(std::string_view data, const Deadline &until) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    require_pipe(Stream::in);
    Write operation(data);
    const Reason reason = drive(lock, operation, until);
    return {operation.sent(), reason, reason == Reason::failed ? talk_.input_error() : std::error_code()};
}

Output Driver::wait_output(const Deadline &until, std::optional<Stream> only) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    if (only) require_output(*only);
    NextOutput operation(told_, only);
    const Reason reason = drive(lock, operation, until);
    Output output{operation.stream(), {}, reason, {}};
    if (reason == Reason::data) output.data = take(output.stream);
    if (reason == Reason::failed) output.error = talk_.error(output.stream);
    if (reason == Reason::exited) told_ = {true, true}; // from then on it says nothing else
    if (reason == Reason::end_of_file || reason == Reason::failed)
        (output.stream == Stream::err ? told_.err : told_.out) = true;
    return output;
}

Found Driver::recv_until(const Conditions &conditions, const Deadline &until, Outputs outputs) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    if (outputs != Outputs::err) require_output(Stream::out);
    if (outputs != Outputs::out) require_output(Stream::err);
    Until operation(conditions, outputs, Clock::now());
    Found found;
    found.reason = drive(lock, operation, until);
    found.stream = operation.stream();
    switch (found.reason) {
    case Reason::data: fill(found, *operation.hit()); break;
    case Reason::end_of_file:
    case Reason::exited:
    case Reason::failed:
        found.data = take(found.stream);
        found.error = talk_.error(found.stream);
        break;
    default: break; // the bytes stay
    }
    return found;
}

/// Takes what has met a condition.
void Driver::fill(Found &found, const Until::Hit &hit) {
    found.stream = hit.stream;
    found.condition = hit.condition;
    const std::string_view text = talk_.bytes(hit.stream).view();
    const auto part = [&](std::size_t begin, std::size_t end) { return std::string(text.substr(begin, end - begin)); };
    found.match = part(hit.match.begin, hit.match.end);
    for (const auto &group : hit.match.groups)
        found.groups.push_back(group ? std::optional(part(group->begin, group->end)) : std::nullopt);
    found.data = take(hit.stream, hit.match.end);
}

void Driver::unread(std::string_view data, Stream stream) {
    const Lock lock(mutex_);
    require_output(stream);
    keep_held();
    if (talk_.eof(stream) != Eof::closed) talk_.bytes(stream).prepend(data);
    changed_.notify_all();
    wakeup_.signal(); // there is something for whoever waits for it
}

Completed Driver::communicate(std::string_view input, const Deadline &until) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    if (!input.empty()) require_pipe(Stream::in);
    if (communicating_ && !input.empty())
        throw std::logic_error("communicate was given its input by an earlier call; go on with communicate(until)");
    if (exchanging_) throw std::logic_error("communicate is under way in another thread");

    const bool resumed = std::exchange(communicating_, true);
    Exchange operation(resumed ? unsent_.view() : input);
    const auto keep_rest = [&] {
        exchanging_ = false;
        communicated_ += operation.sent();
        if (resumed) unsent_.drop(operation.sent());
        else unsent_.append(operation.pending());
    };
    exchanging_ = true;
    Reason reason{};
    try {
        reason = drive(lock, operation, until);
    } catch (...) { // the next call goes on where this one was stopped
        keep_rest();
        throw;
    }
    keep_rest();
    return collect(lock, reason, until.at());
}

Completed Driver::collect(Lock &lock, Reason reason, Clock::time_point until) {
    // What may fail comes first: bytes are given once.
    Completed result;
    const bool cut = talk_.eof(Stream::out) == Eof::cut || talk_.eof(Stream::err) == Eof::cut;
    if (cut && !holders_) holders_ = find_holders(lock, std::min(until, Clock::now() + holders_bound));
    if (cut) result.holders = *holders_;
    result.out = take(Stream::out);
    result.err = take(Stream::err);
    result.reason = reason;
    result.status = talk_.status();
    result.eof_out = talk_.eof(Stream::out);
    result.eof_err = talk_.eof(Stream::err);
    result.bytes_sent = communicated_;
    result.usage = talk_.usage();
    return result;
}

Completed Driver::take_rest() {
    Lock lock(mutex_);
    check_exit();
    Exchange everything({});
    const Registration registration(*this, everything);
    for (const Stream stream : {Stream::out, Stream::err}) read_what_is_there(stream);
    if (!talk_.status()) return collect(lock, Reason::would_block, Clock::time_point::max());
    if (talk_.listening()) cut();
    return collect(lock, Reason::exited, Clock::time_point::max());
}

Waited Driver::wait(const Deadline &until) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    Exit operation;
    const Reason reason = drive(lock, operation, until);
    return {reason, talk_.status()};
}

} // namespace backchat::core
