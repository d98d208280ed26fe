// What all calls share: spawning, looking at the system, carrying bytes.

#include "core/driver.hpp"

#include "base/bytes.hpp"
#include "core/check.hpp"
#include "core/driver_guards.hpp"
#include "platform/holders.hpp"

#include <algorithm>
#include <utility>

namespace backchat::core {
namespace {

using platform::Interest;

platform::TreeScope scope_of(Pid pid, const Options &options) {
    return {.child = pid,
            .leads_group = options.new_session || options.process_group.kind() == ProcessGroup::Kind::own,
            .leads_session = options.new_session,
            .orphans = options.orphans};
}

} // namespace

Driver::Driver(const std::vector<std::string> &argv, const Options &options)
    : program_(check(argv, options)), talk_(options), spawned_(platform::spawn(argv, options)),
      scope_(scope_of(pid_, options)) {}

void Driver::wake_all() {
    const Lock lock(mutex_);
    wakeup_.signal();
    changed_.notify_all();
}

Reason Driver::drive(Lock &lock, Operation &operation, const Deadline &until, std::span<Interest> extra) {
    const Registration registration(*this, operation);
    bool looked = false; // even with no time at all, the system is asked once
    for (;;) {
        write_pending();
        if (operation.closes_input() && in_) close_input();
        const Clock::time_point now = Clock::now();
        cut_if_due(now);
        if (const auto reason = operation.outcome(talk_, now)) return *reason;
        if (until.cancelled()) return Reason::cancelled;
        if (looked && until.passed(now)) return Reason::timeout;
        const Clock::time_point wake_at = operation.looks_again() ? now : operation.wake_at(talk_);
        pump(lock, std::min(until.at(), wake_at), extra);
        looked = true;
        operation.on_looked();
        if (std::any_of(extra.begin(), extra.end(), [](const Interest &each) { return each.ready; }))
            return Reason::exited;
    }
}

void Driver::pump(Lock &lock, Clock::time_point deadline, std::span<Interest> extra) {
    if (!polling_) {
        poll_system(lock, deadline, extra);
        return;
    }
    // Another thread looks at the system, for us too. What it does not know of (extra), we look at by ourselves every
    // few milliseconds.
    update_poller();
    if (!extra.empty()) deadline = std::min(deadline, Clock::now() + std::chrono::milliseconds(5));
    if (deadline == Clock::time_point::max()) changed_.wait(lock);
    else changed_.wait_until(lock, deadline);
    if (!extra.empty()) named(Stage::wait, [&] { platform::wait_for(extra, Clock::time_point::min()); });
}

void Driver::poll_system(Lock &lock, Clock::time_point deadline, std::span<Interest> extra) {
    if (exit_withheld_) deadline = std::min(deadline, Clock::now() + std::chrono::milliseconds(5));
    std::vector<Interest> all = interests();
    const std::size_t own = all.size();
    all.insert(all.end(), extra.begin(), extra.end());

    struct Polling {
        Driver &driver;
        explicit Polling(Driver &d) : driver(d) { driver.polling_ = true; }
        ~Polling() {
            driver.polling_ = false;
            // Whatever came of it, the others look again: at the news, or at the system in our place.
            if (driver.operations_.size() > 1) driver.changed_.notify_all();
        }
    };
    {
        const Polling polling(*this);
        const Borrow borrow(*this, lock);
        named(Stage::wait, [&] { platform::wait_for(all, deadline); });
    }
    for (std::size_t i = 0; i < own; ++i)
        if (all[i].ready) carry(all[i]);
    if (exit_withheld_) check_exit();
    reap_orphans();
    std::copy(all.begin() + static_cast<std::ptrdiff_t>(own), all.end(), extra.begin());
}

unsigned Driver::to_watch() const {
    const bool pending = std::any_of(operations_.begin(), operations_.end(),
                                     [](const Operation *each) { return !each->pending().empty(); });
    return (talk_.status() || exit_withheld_ ? 0U : watch_exit) |
           (in_ && !talk_.input_end() && pending ? watch_in : 0U) |
           (out_ && talk_.wants(Stream::out) ? watch_out : 0U) | (err_ && talk_.wants(Stream::err) ? watch_err : 0U);
}

void Driver::update_poller() {
    if (polling_ && (to_watch() & ~watched_) != 0) wakeup_.signal();
}

std::vector<Interest> Driver::interests() {
    std::vector<Interest> all;
    all.reserve(8);
    wakeup_.prepare();
    all.push_back({&wakeup_});
    watched_ = to_watch();
    if ((watched_ & watch_exit) != 0) {
        process_.prepare_wait();
        all.push_back({&process_});
    }
    // First: the child has something to do while we read.
    if ((watched_ & watch_in) != 0) all.push_back({&*in_});
    if ((watched_ & watch_out) != 0) all.push_back({&*out_});
    if ((watched_ & watch_err) != 0) all.push_back({&*err_});
    return all;
}

void Driver::carry(const Interest &ready) {
    if (std::holds_alternative<platform::Wakeup *>(ready.in)) {
        wakeup_.reset();
    } else if (std::holds_alternative<platform::Process *>(ready.in)) {
        check_exit();
        exit_withheld_ = !talk_.status();
    } else if (const auto *end = std::get_if<platform::ReadEnd *>(&ready.in)) {
        read_once(err_ && *end == &*err_ ? Stream::err : Stream::out);
    } else if (std::holds_alternative<platform::WriteEnd *>(ready.in)) {
        input_full_ = false;
        write_pending();
    }
}

std::span<std::byte> Driver::scratch() {
    if (!scratch_) scratch_ = std::make_unique_for_overwrite<std::byte[]>(default_read_size);
    return {scratch_.get(), default_read_size};
}

std::string Driver::take(Stream stream, std::size_t max_bytes) {
    std::string taken = talk_.bytes(stream).take(max_bytes);
    update_poller(); // there may be room again
    return taken;
}

/// What a read has brought, the bytes apart.
void Driver::on_read(Stream stream, const Transferred &got) {
    if (got.reason == Reason::data) {
        talk_.on_data(stream, {}, Clock::now());
    } else if (got.reason != Reason::would_block) {
        talk_.on_end(stream, got.reason, got.error);
        drop_ended_streams();
    }
}

/// Reads once. The bytes count as held until the caller says otherwise.
Transferred Driver::read_into_scratch(Stream stream, std::size_t max_bytes) {
    auto &end = end_of(stream);
    const std::span<std::byte> buffer = scratch().first(std::min(max_bytes, default_read_size));
    if (!end || buffer.empty()) return {0, talk_.quiet_reason(stream)};
    const Transferred got = end->try_read(buffer);
    held_ = got.bytes;
    held_from_ = stream;
    on_read(stream, got);
    return got;
}

void Driver::keep_held() {
    if (held_ == 0) return;
    talk_.on_data(held_from_, base::as_text(scratch().first(held_)), Clock::now());
    held_ = 0;
}

Reason Driver::read_once(Stream stream) {
    keep_held();
    if (!talk_.wants(stream)) return talk_.quiet_reason(stream); // it ended or was closed meanwhile
    const Reason reason = read_into_scratch(stream).reason;
    keep_held();
    return reason;
}

void Driver::write_pending() {
    for (Operation *writer : operations_) {
        if (writer->pending().empty() || talk_.input_end()) continue;
        if (!input_full_) writer->on_sent(write_some(writer->pending()).bytes);
        if (writer->pending().empty() || talk_.input_end()) continue;
        input_full_ = true;
        writer->on_would_block();
        return; // those behind wait for their turn
    }
}

Transferred Driver::write_some(std::string_view data) {
    if (talk_.input_end()) return {0, *talk_.input_end(), talk_.input_error()};
    // Once: a pipe that has taken a part is full, and asked again it would only say so.
    Transferred sent = in_->try_write(base::as_span(data));
    if (sent.reason == Reason::data && sent.bytes < data.size()) sent.reason = Reason::would_block;
    if (sent.reason == Reason::broken_pipe || sent.reason == Reason::failed) {
        talk_.on_input_end(sent.reason, sent.error);
        drop_ended_streams();
    }
    return sent;
}

void Driver::check_exit() {
    if (talk_.status()) return;
    if (const auto ended = named(Stage::wait, [&] { return process_.try_reap(); })) {
        talk_.on_exit(ended->status, ended->usage, Clock::now());
        changed_.notify_all();
    }
}

void Driver::reap_orphans() {
    // Nothing tells of an orphan's end but a SIGCHLD, which is the host's. Looking when something else has happened,
    // and not too often, keeps zombies from piling up.
    if (scope_.orphans != Orphans::adopt) return;
    const Clock::time_point now = Clock::now();
    if (now - orphans_reaped_ < std::chrono::milliseconds(200)) return;
    orphans_reaped_ = now;
    platform::reap_orphans(pid_);
}

void Driver::cut_if_due(Clock::time_point now) {
    if (!talk_.status() || !talk_.listening() || now < talk_.cut_at()) return;
    for (const Stream stream : {Stream::out, Stream::err}) read_what_is_there(stream);
    if (talk_.listening() && Clock::now() >= talk_.cut_at()) cut();
}

void Driver::cut() {
    talk_.on_cut();
    drop_ended_streams();
    changed_.notify_all();
}

void Driver::read_what_is_there(Stream stream) {
    auto &end = end_of(stream);
    if (!end) return;
    // A descendant may write as fast as we read: what was there at the beginning is what counts.
    for (std::size_t there = end->available() + 1; there > 0 && end;) {
        const std::size_t before = talk_.bytes(stream).size();
        if (read_once(stream) != Reason::data) return;
        there -= std::min(there, talk_.bytes(stream).size() - before);
    }
}

void Driver::drop_ended_streams() {
    if (borrowed_ > 0) { // the last borrower does it
        wakeup_.signal();
        return;
    }
    if (talk_.input_end()) in_.reset();
    for (const Stream stream : {Stream::out, Stream::err})
        if (const Eof eof = talk_.eof(stream); eof != Eof::open && eof != Eof::cut) end_of(stream).reset();
}

Holders Driver::find_holders(Lock &lock, Clock::time_point until) {
    std::vector<const platform::ReadEnd *> ends;
    for (const auto *end : {&out_, &err_})
        if (*end) ends.push_back(&**end);
    const Borrow borrow(*this, lock); // it reads all of /proc, and recv must not wait for that
    return platform::holders_of(ends, until);
}

} // namespace backchat::core
