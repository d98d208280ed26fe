#include "core/driver.hpp"

#include "core/check.hpp"
#include "platform/holders.hpp"

#include <backchat/error.hpp>
#include <backchat/popen.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace backchat::core {
namespace {

using platform::Interest;

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::span<const std::byte> as_span(std::string_view text) { return std::as_bytes(std::span(text)); }

platform::TreeScope scope_of(Pid pid, const Options &options) {
    return {.child = pid,
            .leads_group = options.new_session || options.process_group.kind() == ProcessGroup::Kind::own,
            .leads_session = options.new_session,
            .orphans = options.orphans};
}

} // namespace

/// Ends a wait when its stop token is asked to. Lives outside of the lock: its destructor waits for a callback that is
/// under way, and the callback takes the lock.
class Driver::CancelWatch {
public:
#ifdef __cpp_lib_jthread
    CancelWatch(Driver &driver, const Deadline &until) : callback_(until.token(), Wake{driver}) {}

private:
    struct Wake {
        Driver &driver;
        void operator()() const { driver.wake_all(); }
    };
    std::stop_callback<Wake> callback_; // of an empty token: nothing
#else
    CancelWatch(Driver &, const Deadline &) {}
#endif
};

/// Has an operation looked after as long as it is under way.
class Driver::Registration {
public:
    Registration(Driver &driver, Operation &operation) : driver_(driver), operation_(operation) {
        driver_.operations_.push_back(&operation);
        lift_limit();
        driver.input_full_ = false; // nobody has looked since the last writer left
    }
    ~Registration() {
        std::erase(driver_.operations_, &operation_);
        lift_limit();
        // Whoever waits may have to take over the polling.
        driver_.changed_.notify_all();
    }
    Registration(const Registration &) = delete;
    Registration &operator=(const Registration &) = delete;

private:
    void lift_limit() {
        driver_.talk_.lift_limit(std::any_of(driver_.operations_.begin(), driver_.operations_.end(),
                                             [](const Operation *each) { return each->takes_everything(); }));
    }

    Driver &driver_;
    Operation &operation_;
};

/// Lets the lock go while the pipes' ends are in use: they stay what they are meanwhile.
class Driver::Borrow {
public:
    Borrow(Driver &driver, Lock &lock) : driver_(driver), lock_(lock) {
        ++driver_.borrowed_;
        lock_.unlock();
    }
    ~Borrow() {
        lock_.lock();
        --driver_.borrowed_;
        driver_.drop_ended_streams();
    }
    Borrow(const Borrow &) = delete;
    Borrow &operator=(const Borrow &) = delete;

private:
    Driver &driver_;
    Lock &lock_;
};

Driver::Driver(const std::vector<std::string> &argv, const Options &options)
    : program_(check(argv, options)), talk_(options), spawned_(platform::spawn(argv, options)),
      scope_(scope_of(pid_, options)) {}

/// Adds to the system's error the step and the program, which the platform layer does not know.
template <class Call>
auto Driver::named(Stage stage, Call call) const {
    try {
        return call();
    } catch (const std::system_error &error) {
        throw Error(stage, error.code(), program_);
    }
}

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
    return write_some(as_text(data));
}

Received Driver::recv(Stream stream, std::size_t max_bytes) {
    const Lock lock(mutex_);
    require_output(stream);
    keep_held();
    if (!talk_.bytes(stream).empty()) return {take(stream, max_bytes), Reason::data};
    const Transferred got = read_into_scratch(stream, max_bytes);
    if (got.reason != Reason::data) return {{}, talk_.quiet_reason(stream), talk_.error(stream)};
    Received received{std::string(as_text(scratch().first(got.bytes))), Reason::data};
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
    return find_holders(lock);
}

// ---- The driver's loop.

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
        cut_if_due(lock, now);
        if (const auto reason = operation.outcome(talk_, now)) return *reason;
        if (until.cancelled()) return Reason::cancelled;
        if (looked && until.passed(now)) return Reason::timeout;
        pump(lock, std::min(until.at(), operation.wake_at(talk_)), extra);
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
    if ((watched_ & watch_out) != 0) all.push_back({&*out_});
    if ((watched_ & watch_err) != 0) all.push_back({&*err_});
    if ((watched_ & watch_in) != 0) all.push_back({&*in_});
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
    talk_.on_data(held_from_, as_text(scratch().first(held_)), Clock::now());
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
    Transferred sent = in_->try_write(as_span(data));
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

void Driver::cut_if_due(Lock &lock, Clock::time_point now) {
    if (!talk_.status() || !talk_.listening() || now < talk_.cut_at()) return;
    for (const Stream stream : {Stream::out, Stream::err}) read_what_is_there(stream);
    if (talk_.listening() && Clock::now() >= talk_.cut_at()) cut(lock);
}

void Driver::cut(Lock &lock) {
    holders_ = find_holders(lock);
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

Holders Driver::find_holders(Lock &lock) {
    Holders all;
    for (const auto *end : {&out_, &err_}) {
        if (!*end) continue;
        Holders some;
        {
            const Borrow borrow(*this, lock); // it reads all of /proc, and recv must not wait for that
            some = platform::holders_of(**end);
        }
        all.complete = all.complete && some.complete;
        for (ProcessInfo &process : some.processes)
            if (std::find(all.processes.begin(), all.processes.end(), process) == all.processes.end())
                all.processes.push_back(std::move(process));
    }
    return all;
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
    NextOutput operation = only ? NextOutput(told_, *only) : NextOutput(told_);
    const Reason reason = drive(lock, operation, until);
    Output output{operation.stream(), {}, reason, {}};
    if (reason == Reason::data) output.data = take(output.stream);
    if (reason == Reason::failed) output.error = talk_.error(output.stream);
    if (reason == Reason::end_of_file || reason == Reason::failed)
        (output.stream == Stream::err ? told_.err : told_.out) = true;
    return output;
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
    return collect(reason);
}

Completed Driver::collect(Reason reason) {
    Completed result;
    if (holders_) result.holders = *holders_; // what may fail comes first: bytes are given once
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
    if (!talk_.status()) return collect(Reason::would_block);
    if (talk_.listening()) cut(lock);
    return collect(Reason::exited);
}

Waited Driver::wait(const Deadline &until) {
    const CancelWatch watch(*this, until);
    Lock lock(mutex_);
    Exit operation;
    const Reason reason = drive(lock, operation, until);
    return {reason, talk_.status()};
}

} // namespace backchat::core
