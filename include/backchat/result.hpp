#pragma once

#include <backchat/exit_status.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace backchat {

/// Numbers a process as the operating system does.
using Pid = std::int64_t;

/// The child's three standard streams, named from the child's side: `in` is what it reads.
enum class Stream : std::uint8_t { in, out, err };

/// Gives "stdin", "stdout" or "stderr".
const char *to_string(Stream stream) noexcept;

/// Why a call came back.
enum class Reason : std::uint8_t {
    data,        // what was asked for is here, or was written
    would_block, // nothing yet (recv), or no room now (send)
    end_of_file, // every writer of the stream, descendants included, has closed it, and all it wrote was taken
    broken_pipe, // nobody reads the child's stdin any more
    closed,      // we have closed this stream ourselves
    exited,      // the child has ended, and the exit and end-of-file contract is fulfilled
    timeout,     // the deadline passed
    cancelled,   // the stop token was asked to stop
    limit,       // a buffer of ours is full: take what is in it, then go on
    failed,      // the operating system reported an error, which stands beside the reason
};

/// Gives the enumerator's name, as a literal.
const char *to_string(Reason reason) noexcept;

/// What arrived. `data` may hold bytes whatever the reason is: nothing that arrived is lost to a timeout.
struct Received {
    std::string data;
    Reason reason = Reason::would_block;
    std::error_code error{}; // set only with Reason::failed

    explicit operator bool() const { return !data.empty(); }
};

/// How many bytes went one way. `bytes` counts whatever the reason is.
struct Transferred {
    std::size_t bytes = 0;
    Reason reason = Reason::would_block;
    std::error_code error{}; // set only with Reason::failed
};

/// What arrived on which stream.
struct Output {
    Stream stream = Stream::out; // means something with data, end_of_file and failed alone
    std::string data;
    Reason reason = Reason::would_block;
    std::error_code error{};
};

/// How a stream of the child ended.
enum class Eof : std::uint8_t {
    not_a_pipe, // it was never ours to read
    open,       // it has not ended: the call came back before
    complete,   // end of file: all that was ever written was read
    cut,        // the child had exited and somebody else kept the stream open; we stopped waiting for them
    closed,     // we closed it ourselves
    failed,     // reading failed
};

/// Gives the enumerator's name, as a literal.
const char *to_string(Eof eof) noexcept;

/// A process, as far as we may look at it.
struct ProcessInfo {
    Pid pid = 0;
    std::string command; // the arguments joined by blanks, or the name in brackets; empty when it cannot be read

    friend bool operator==(const ProcessInfo &, const ProcessInfo &) = default;
};

/// Who keeps a pipe open.
struct Holders {
    std::vector<ProcessInfo> processes;
    /// False when processes of other users could not be looked into: there may be more holders than named.
    bool complete = true;
};

/// What the child, with the descendants it has waited for, has used. Known once the child was reaped.
struct Usage {
    std::chrono::microseconds user{};
    std::chrono::microseconds system{};
    /// Of the largest single process among them. On Linux never less than our own peak at the spawn: the kernel counts
    /// the memory that the child shares with us until its program runs.
    std::uint64_t max_rss_bytes = 0;
};

/// What became of a process tree.
struct TreeReport {
    std::vector<ProcessInfo> killed;   // were sent a signal and have ended
    std::vector<ProcessInfo> survived; // were alive when the bound was over
    /// False when the system did not let us look for descendants (no descriptor left, no /proc): there may be more.
    bool complete = true;
};

/// What wait() found.
struct Waited {
    Reason reason = Reason::timeout; // exited, timeout, cancelled or limit
    std::optional<ExitStatus> status;

    explicit operator bool() const { return status.has_value(); }
};

/// What run() and communicate() bring back.
struct Completed {
    std::string out;
    std::string err;
    Reason reason = Reason::timeout;  // exited, timeout or cancelled
    std::optional<ExitStatus> status; // empty when the child had not ended
    Eof eof_out = Eof::not_a_pipe;
    Eof eof_err = Eof::not_a_pipe;
    Holders holders; // who kept a stream open, when one was cut
    std::size_t bytes_sent = 0;
    Usage usage;
    TreeReport tree; // filled by run() when it had to stop the tree
    std::chrono::nanoseconds wall{};

    /// True when the child exited by itself with code 0.
    bool success() const { return reason == Reason::exited && status && status->success(); }
};

} // namespace backchat
