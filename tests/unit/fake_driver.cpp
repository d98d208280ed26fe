#include "unit/fake_driver.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace unit {

FakeDriver &FakeDriver::does(std::chrono::nanoseconds when, Event event) {
    events_.emplace(at(when), std::move(event));
    return *this;
}

FakeDriver &FakeDriver::says(std::chrono::nanoseconds when, std::string bytes, Stream stream) {
    return does(when, [bytes = std::move(bytes), stream](FakeDriver &driver) { driver.pipe(stream).held += bytes; });
}

FakeDriver &FakeDriver::ends(std::chrono::nanoseconds when, Stream stream) {
    return does(when, [stream](FakeDriver &driver) { driver.pipe(stream).end = Reason::end_of_file; });
}

FakeDriver &FakeDriver::fails(std::chrono::nanoseconds when, Stream stream, std::errc error) {
    return does(when, [stream, error](FakeDriver &driver) {
        driver.pipe(stream).end = Reason::failed;
        driver.pipe(stream).error = std::make_error_code(error);
    });
}

FakeDriver &FakeDriver::exits(std::chrono::nanoseconds when, ExitStatus status) {
    return does(when, [status](FakeDriver &driver) { driver.talk.on_exit(status, {}, driver.now_); });
}

FakeDriver &FakeDriver::takes(std::chrono::nanoseconds when, std::size_t bytes) {
    return does(when, [bytes](FakeDriver &driver) { driver.input_room += bytes; });
}

FakeDriver &FakeDriver::breaks_input(std::chrono::nanoseconds when) {
    return does(when, [](FakeDriver &driver) { driver.talk.on_input_end(Reason::broken_pipe); });
}

Reason FakeDriver::drive(backchat::core::Operation &operation, std::optional<std::chrono::nanoseconds> timeout) {
    const Clock::time_point deadline = timeout ? now_ + *timeout : never;
    talk.lift_limit(operation.takes_everything());
    bool looked = false;
    for (;;) {
        write(operation);
        cut_if_due();
        if (const auto reason = operation.outcome(talk, now_)) return *reason;
        if (looked && now_ >= deadline) return Reason::timeout;
        if (operation.looks_again()) {
            look(now_);
            operation.on_looked();
            continue;
        }
        const Clock::time_point wake_at = operation.wake_at(talk);
        if (wake_at <= now_) throw std::runtime_error("the operation asks to be woken in the past: it would spin");
        look(std::min(deadline, wake_at));
        operation.on_looked();
        looked = true;
    }
}

void FakeDriver::look(Clock::time_point until) {
    const bool happened = happens();
    if (read_wanted() || happened || until <= now_) return;
    now_ = std::min(until, events_.empty() ? never : events_.begin()->first);
    if (now_ == never) throw std::runtime_error("the operation would wait for ever");
    happens();
    read_wanted();
}

void FakeDriver::write(backchat::core::Operation &operation) {
    if (!operation.pending().empty() && !talk.input_end()) {
        const std::size_t n = std::min(operation.pending().size(), input_room);
        got_ += operation.pending().substr(0, n);
        input_room -= n;
        operation.on_sent(n);
        if (!operation.pending().empty()) operation.on_would_block();
    }
    if (operation.closes_input() && talk.is_pipe(Stream::in) && !talk.input_end()) talk.on_closed(Stream::in);
}

bool FakeDriver::read_wanted() {
    const bool read_out = read_once(Stream::out);
    const bool read_err = read_once(Stream::err);
    return read_out || read_err;
}

bool FakeDriver::read_once(Stream stream) {
    Pipe &from = pipe(stream);
    if (!talk.wants(stream) || (from.held.empty() && !from.end)) return false;
    if (from.held.empty()) {
        talk.on_end(stream, *from.end, from.error);
        return true;
    }
    const std::size_t n = std::min(from.held.size(), read_size);
    talk.on_data(stream, from.held.substr(0, n), now_);
    from.held.erase(0, n);
    return true;
}

void FakeDriver::cut_if_due() {
    const auto due = [this] { return talk.status() && talk.listening() && now_ >= talk.cut_at(); };
    if (!due()) return;
    while (read_wanted()) {
    }
    if (due()) talk.on_cut();
}

bool FakeDriver::happens() {
    bool any = false;
    for (; !events_.empty() && events_.begin()->first <= now_; any = true) {
        const auto event = events_.extract(events_.begin());
        event.mapped()(*this);
    }
    return any;
}

} // namespace unit
