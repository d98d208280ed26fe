#pragma once

#include <backchat/condition.hpp>
#include <backchat/deadline.hpp>
#include <backchat/error.hpp>
#include <backchat/options.hpp>
#include <backchat/result.hpp>
#include <backchat/stop.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backchat {

/// What one call to recv takes at most, unless told otherwise. 64 KiB is also what a pipe holds.
inline constexpr std::size_t default_read_size = std::size_t{64} << 10;

/// A child process to talk to.
///
/// It has no thread of its own, handles no signal and never waits for any but its own child. It does not decode text,
/// split lines or look at what passes.
///
/// Threads: every member may be called while others run in other threads, except the destructor, moves and
/// assignments. Two threads that read the same stream each get a part of it; two that write interleave.
///
/// Signals: writing to a child that has closed its stdin gives Reason::broken_pipe; SIGPIPE never reaches the host.
class Popen {
public:
    /// Spawns `argv[0]` with the arguments `argv`, and comes back when the program runs.
    ///
    /// A name without '/' is searched in the directories of PATH as the child's environment has it (where it has
    /// none: /usr/bin:/bin). Empty and relative entries of PATH are passed over: the current directory is never
    /// searched. No shell is involved; name one, or see shell(), to have one. The time it takes does not grow with
    /// our memory.
    ///
    /// On error: throws SpawnError with stage, error and program. ENOENT and EACCES at Stage::exec are the usual ones.
    /// Source:   clone(2) with CLONE_VM, CLONE_VFORK and CLONE_PIDFD, then execve(2).
    explicit Popen(std::vector<std::string> argv, const Options &options = {});

    /// Does what Options::on_destroy says, and closes our ends of the pipes.
    ~Popen();
    Popen(Popen &&) noexcept;
    Popen &operator=(Popen &&) noexcept;

    // ---- Talk. send and recv never wait.

    /// Gives the child's stdin what fits into the pipe now.
    ///
    /// Returns:  bytes, and data when all went; would_block when the pipe is full (bytes may be 0 or a part of it);
    ///           broken_pipe when nobody reads it any more; closed after close_stdin().
    /// On error: throws NotAPipe when stdin is not a pipe of ours.
    /// Lifetime: `data` is used only during the call.
    /// Source:   write(2) with O_NONBLOCK on our own end alone.
    Transferred send(std::string_view data);
    Transferred send(std::span<const std::byte> data);

    /// Takes what the child has written to stdout.
    ///
    /// Shape:    at most `max_bytes`; more than zero bytes exactly when the reason is data.
    /// Returns:  data; would_block: nothing yet. end_of_file: all writers, descendants included, have closed, and
    ///           all they wrote was taken. failed: the stream is unusable.
    /// Requires: max_bytes > 0.
    /// On error: throws NotAPipe when the stream is not a pipe of ours; nothing was consumed.
    /// Source:   what a draining call has buffered, then read(2) with O_NONBLOCK.
    Received recv(std::size_t max_bytes = default_read_size);
    /// The same on stderr.
    Received recv_err(std::size_t max_bytes = default_read_size);
    /// The same on either; `stream` is Stream::out or Stream::err.
    Received recv_from(Stream stream, std::size_t max_bytes = default_read_size);
    /// The same into the caller's buffer: fills buffer[0, bytes).
    Transferred recv_into(Stream stream, std::span<std::byte> buffer);

    // ---- Talk, waiting for what the name says. Each of these drains both outputs while it waits, into buffers of
    // Options::buffer_limit bytes, so that the child is never stuck on the one that nobody looks at.

    /// Gives all that arrives on `stream` until the deadline.
    ///
    /// Returns:  timeout: the interval is over, which is the usual end. end_of_file, or exited when the child has
    ///           ended and others keep the stream open longer than Options::linger: nothing more will come. limit: a
    ///           buffer is full, of this stream or of the other, on which the child may be stuck. closed. cancelled.
    ///           All that arrived is in `data`, whatever the reason.
    /// On error: throws NotAPipe.
    Received asyncread(const Deadline &until, Stream stream = Stream::out);

    /// Gives all of `data` to the child.
    ///
    /// Returns:  bytes, and data when all went. timeout, cancelled, broken_pipe, closed: not all did. limit: the
    ///           child does not read and an output buffer of ours is full: take what is there, then go on with the
    ///           rest. exited: the child has ended and nobody takes more.
    /// On error: throws NotAPipe.
    Transferred asyncwrite(std::string_view data, const Deadline &until);

    /// Waits for the next piece of output on stdout or stderr, whichever has something first.
    ///
    /// Returns:  data with the stream; end_of_file and failed once for each stream; exited, from then on, when the
    ///           child has ended and both streams have ended or were cut. timeout, cancelled.
    Output wait_output(const Deadline &until);
    /// The same for one stream: output of the other is kept for whoever asks for it, and `limit` says that its buffer
    /// is full, on which the child may be stuck. `exited` still says that both have ended or were cut. closed.
    /// On error: throws NotAPipe.
    Output wait_output(Stream stream, const Deadline &until);

    /// Waits until one of the conditions is met by what arrives on stdout.
    ///
    ///     auto line = p.recv_until(backchat::line(), 1s);
    ///     auto answer = p.recv_until({"ok\n", "error: "}, Clock::now() + 2s);
    ///
    /// What was there before counts, too. What follows the match is kept for the next call, whichever that is.
    /// Returns:  data: `data` ends with the match; `condition` says which was met. timeout, cancelled: nothing was
    ///           taken. limit: nothing was taken, and a buffer is full, perhaps one on which the child is stuck.
    ///           end_of_file; exited when the child has ended and others keep the stream open longer than
    ///           Options::linger; closed; failed: nothing more will come, and `data` is what was left.
    /// On error: throws NotAPipe.
    Found recv_until(const Conditions &conditions, const Deadline &until);
    /// The same on stderr, or on whichever of both meets a condition first.
    Found recv_until(const Conditions &conditions, const Deadline &until, Outputs outputs);

    /// Puts bytes in front of what `stream` holds: the next call to read it gets them first.
    /// On error: throws NotAPipe.
    void unread(std::string_view data, Stream stream = Stream::out);

    /// Sends `input`, closes stdin, reads both outputs and waits for the child: whatever the sizes, without deadlock.
    ///
    /// Ends by the exit and end-of-file contract: with the child's exit, and then with the end of both streams or
    /// after Options::linger. `out` and `err` hold what arrived since the last call. After timeout or cancelled, call
    /// communicate(until) to go on: no byte is lost, and none is given twice.
    /// Without a limit on memory: everything is kept until handed over.
    /// On error: throws std::logic_error when input is given a second time, or another thread is in communicate;
    ///           NotAPipe when there is input and stdin is not a pipe.
    Completed communicate(std::string_view input, const Deadline &until);
    Completed communicate(const Deadline &until);

    /// Gives what both outputs hold at this moment, without waiting: for after a stop. `reason` is exited or
    /// would_block, as the child has ended or not; a stream that has not ended although the child has is cut.
    Completed take_rest();

    /// Closes our end: the child reads end of file after what was sent. Closing twice does nothing.
    void close_stdin();
    /// Closes our end of stdout or stderr: the child's next write there gets SIGPIPE or EPIPE. What was buffered is
    /// dropped. Closing twice does nothing.
    /// On error: throws NotAPipe.
    void close_output(Stream stream);

    // ---- End.

    /// Gives the status if the child has ended, without waiting.
    std::optional<ExitStatus> poll();

    /// Waits for the child's exit, and drains both outputs meanwhile.
    ///
    /// Returns:  exited with the status; timeout; cancelled; limit when a buffer is full, since the child may be
    ///           waiting for room: take what is there, then go on.
    /// Source:   poll(2) on the pidfd; waitid(2) for this child alone.
    Waited wait(const Deadline &until);

    /// Sends a signal to the child.
    ///
    /// Returns:  false when it has ended; never signals a process that got its number afterwards.
    /// On error: throws Error with Stage::signal (EPERM, EINVAL).
    /// Source:   pidfd_send_signal(2).
    bool send_signal(int number);
    /// Asks the child to end: SIGTERM.
    bool terminate();
    /// Ends the child: SIGKILL.
    bool kill();

    /// Sends a signal to the child and its descendants; gives the number of processes it went to.
    std::size_t send_signal_tree(int number);

    /// Kills the child and its descendants, again until none is left or `bound` is over. Reaps the child
    /// if it ends within that.
    ///
    /// Descendants are found as children of those known, and by the group or the session when the child leads one of
    /// its own. One that has lost its parent, group and session before the call is not found.
    TreeReport kill_tree(std::chrono::nanoseconds bound = std::chrono::seconds(1));

    /// Ends the child politely: polite_stop(grace). Drains both outputs meanwhile.
    ///
    /// Returns:  the status, with a report of each step; within the sum of the graces and one second for the last kill.
    Stopped stop(std::chrono::nanoseconds grace);
    /// Ends the child by steps of the caller's.
    Stopped stop(const StopSequence &sequence);

    // ---- What is known.

    /// The child's number; valid as long as the child was not reaped.
    Pid pid() const noexcept;
    const std::vector<std::string> &argv() const noexcept;
    /// As Python has it: nothing while running, the exit code, or minus the signal's number. Asks as poll() does not:
    /// it only tells what an earlier call has found.
    std::optional<int> returncode() const;
    /// What the child has used; zero until it was reaped.
    Usage usage() const;
    /// How an output ended, so far.
    Eof eof(Stream stream) const;
    /// Who keeps the child's outputs open at this moment, ourselves apart. Looks at every process of the system, for
    /// a second at most.
    Holders holders() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Gives the argv that has the system's shell run `command`: {"/bin/sh", "-c", command}.
std::vector<std::string> shell(std::string command);

} // namespace backchat
