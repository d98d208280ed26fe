#pragma once

#include "core/conversation.hpp"
#include "core/operation.hpp"
#include "core/stop_plan.hpp"
#include "platform/poller.hpp"
#include "platform/spawn.hpp"
#include "platform/tree.hpp"

#include <backchat/deadline.hpp>
#include <backchat/error.hpp>
#include <backchat/options.hpp>
#include <backchat/popen.hpp>
#include <backchat/result.hpp>
#include <backchat/stop.hpp>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::core {

/// The blocking driver of a conversation: carries bytes between the child's pipes and the conversation, and lets
/// callers wait.
///
/// When several threads wait, one of them looks at the system for all (it is polling_); the others sleep on a
/// condition variable until it has news for them or hands over. No thread holds the lock while it waits.
/// Threads: any member from any thread, except construction, destruction and finish().
class Driver {
public:
    /// Spawns the child, last of all: once it runs, nothing fails any more that would leave it alone.
    /// On error: throws SpawnError.
    Driver(const std::vector<std::string> &argv, const Options &options);

    Transferred send(std::span<const std::byte> data);
    Received recv(Stream stream, std::size_t max_bytes);
    Transferred recv_into(Stream stream, std::span<std::byte> buffer);
    void close_stdin();
    void close_output(Stream stream);

    Received asyncread(const Deadline &until, Stream stream);
    Transferred asyncwrite(std::string_view data, const Deadline &until);
    Output wait_output(const Deadline &until, std::optional<Stream> only = std::nullopt);
    /// Bytes of stdout and stderr, reason, status and ends; `input` continues where the last call stopped.
    Completed communicate(std::string_view input, const Deadline &until);
    Waited wait(const Deadline &until);

    std::optional<ExitStatus> poll();
    bool send_signal(int number);
    std::size_t send_signal_tree(int number);
    Stopped stop(const StopSequence &sequence);

    /// Takes what the outputs hold at this moment, without lingering; what has not ended then is cut.
    Completed take_rest();
    /// Ends the child as `policy` says.
    void finish(OnDestroy policy) noexcept;

    Pid pid() const { return pid_; }
    std::optional<ExitStatus> status() const;
    Usage usage() const;
    Eof eof(Stream stream) const;
    Holders holders();

private:
    using Lock = std::unique_lock<std::mutex>;
    enum Watched : unsigned { watch_exit = 1, watch_in = 2, watch_out = 4, watch_err = 8 };
    class CancelWatch;
    class Registration;
    class Borrow;

    Reason drive(Lock &lock, Operation &operation, const Deadline &until, std::span<platform::Interest> extra = {});
    void pump(Lock &lock, Clock::time_point deadline, std::span<platform::Interest> extra);
    void poll_system(Lock &lock, Clock::time_point deadline, std::span<platform::Interest> extra);
    void wake_all();

    // Each of these requires the lock.
    std::vector<platform::Interest> interests();
    /// What a look at the system has to cover now, as a set of Watched.
    unsigned to_watch() const;
    /// Has the polling thread look again if it does not look at all that matters by now.
    void update_poller();
    void carry(const platform::Interest &ready);
    std::span<std::byte> scratch();
    Transferred read_into_scratch(Stream stream, std::size_t max_bytes = default_read_size);
    void keep_held();
    void on_read(Stream stream, const Transferred &got);
    Reason read_once(Stream stream);
    std::string take(Stream stream, std::size_t max_bytes = std::string::npos);
    void write_pending();
    Transferred write_some(std::string_view data);
    void check_exit();
    void reap_orphans();
    void cut_if_due(Clock::time_point now);
    void cut();
    void read_what_is_there(Stream stream);
    void close_input();
    void drop_ended_streams();
    Holders find_holders(Lock &lock, Clock::time_point until);
    Completed collect(Lock &lock, Reason reason, Clock::time_point until);
    std::optional<platform::ReadEnd> &end_of(Stream stream) { return stream == Stream::err ? err_ : out_; }
    const std::optional<platform::ReadEnd> &end_of(Stream stream) const { return stream == Stream::err ? err_ : out_; }
    void require_pipe(Stream stream) const;
    void require_output(Stream stream) const;
    template <class Call>
    auto named(Stage stage, Call call) const;

    platform::Tree make_tree();
    bool signal_if_allowed(int number);
    std::size_t signal_tree(platform::Tree &tree, int number);
    void act(StopAction action, std::optional<platform::Tree> &tree, Clock::time_point until);
    bool perform(StopAction action, std::optional<platform::Tree> &tree, Clock::time_point until);
    void await_end(const StopPlan &plan, bool child_ended, platform::Tree *tree);
    void end_by(OnDestroy policy);
    Reason wait_and_drop(const Deadline &until);

    const std::string program_; // what errors name

    mutable std::mutex mutex_; // guards all below but what is const
    std::condition_variable changed_;
    Conversation talk_;
    std::vector<Operation *> operations_; // under way, oldest first
    bool polling_ = false;                // a thread is in wait_for()
    unsigned watched_ = 0;                // what it looks at, as a set of Watched
    int borrowed_ = 0;                    // how many threads use the ends of the pipes without the lock
    /// One reused buffer: reading in pieces of 64 KiB into memory that is in the cache is two to three times as fast as
    /// larger pieces into fresh memory.
    std::unique_ptr<std::byte[]> scratch_;
    /// Bytes in scratch_ that came from a stream and have not been handed on: there was no memory to.
    std::size_t held_ = 0;
    Stream held_from_ = Stream::out;
    bool input_full_ = false;      // the pipe took nothing more when it was last tried
    base::ByteQueue unsent_;       // what is left of communicate's input
    std::size_t communicated_ = 0; // bytes of it that went
    bool communicating_ = false;   // communicate has been called
    bool exchanging_ = false;      // and is under way
    /// The child has ended, but the system does not say how yet: a tracer has not collected it. Looked at by hand.
    bool exit_withheld_ = false;
    NextOutput::Told told_;              // which ends wait_output has told
    Clock::time_point orphans_reaped_{}; // when, last
    bool killed_ = false;                // the tree was killed, and given time to end
    std::optional<Holders> holders_;     // of a stream that was cut, when that was first told

    /// The pipes' ends are there as long as their streams are open, and as long as somebody looks at them.
    platform::Spawned spawned_;
    platform::Process &process_ = spawned_.process;
    std::optional<platform::WriteEnd> &in_ = spawned_.in;
    std::optional<platform::ReadEnd> &out_ = spawned_.out;
    std::optional<platform::ReadEnd> &err_ = spawned_.err;
    platform::Wakeup wakeup_{process_};
    const Pid pid_ = process_.pid();
    const platform::TreeScope scope_;
};

} // namespace backchat::core
