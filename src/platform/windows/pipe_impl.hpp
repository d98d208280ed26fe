#pragma once

#include "platform/pipe.hpp"
#include "platform/windows/completion_port.hpp"
#include "platform/windows/handle.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace backchat::platform {

/// One end of a pipe with the one operation that is under way on it, and the memory that the operation uses.
///
/// On the heap, and let go of by retire() alone: the system writes to it until the operation has ended.
/// Threads: one caller at a time.
class PipeChannel {
public:
    /// On error: throws std::system_error.
    PipeChannel(Handle pipe, std::shared_ptr<CompletionPort> port);
    PipeChannel(const PipeChannel &) = delete;
    PipeChannel &operator=(const PipeChannel &) = delete;

    HANDLE pipe() const { return pipe_.get(); }
    std::span<std::byte> buffer() { return buffer_; }

    /// Begins to read into buffer(), or to write its first `size` bytes. Requires: !pending().
    void begin_read();
    void begin_write(std::size_t size);

    /// True while an operation is under way.
    bool pending();
    /// How the last operation has ended. Requires: !pending().
    std::size_t transferred() const { return transferred_; }
    DWORD error() const { return error_; } // ERROR_SUCCESS, or what the system said

    enum class Unfinished { cancel, complete };
    /// Lets go of a channel, without waiting. An operation under way is cancelled, or left to complete, for as long as
    /// somebody has the other end.
    static void retire(std::unique_ptr<PipeChannel> channel, Unfinished operation) noexcept;

private:
    void on_begun(BOOL done);
    void settle(BOOL wait);
    void begin_again();
    static bool complete_in_background(std::unique_ptr<PipeChannel> &channel) noexcept;
    static void CALLBACK on_completed(PTP_CALLBACK_INSTANCE, void *channel, PTP_WAIT wait, TP_WAIT_RESULT);

    Handle pipe_;
    std::shared_ptr<CompletionPort> port_;
    Handle event_; // set when the operation has ended
    OVERLAPPED overlapped_{};
    bool pending_ = false;
    bool cancelled_ = false;       // by us
    std::span<std::byte> writing_; // the part of buffer_ that is yet to be written; empty when reading
    std::size_t transferred_ = 0;
    DWORD error_ = ERROR_SUCCESS;
    std::array<std::byte, 65536> buffer_;
};

/// Keeps one read under way, so that nobody ever waits in one.
class ReadEnd::Impl {
public:
    explicit Impl(std::unique_ptr<PipeChannel> channel) : channel_(std::move(channel)) {}
    ~Impl() { PipeChannel::retire(std::move(channel_), PipeChannel::Unfinished::cancel); }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    Transferred try_read(std::span<std::byte> buffer);
    std::size_t available();
    /// Whether try_read would not say would_block. Begins a read if none is under way.
    bool ready();

private:
    bool has_news();

    std::mutex mutex_; // a thread in wait_for() may look while another reads
    std::unique_ptr<PipeChannel> channel_;
    bool begun_ = false;    // a read is under way, or has ended and what it brought was not all taken
    std::size_t taken_ = 0; // of what it has brought
};

/// Writes from a copy, since the caller's bytes are the caller's again when try_write comes back.
class WriteEnd::Impl {
public:
    explicit Impl(std::unique_ptr<PipeChannel> channel) : channel_(std::move(channel)) {}
    ~Impl() { PipeChannel::retire(std::move(channel_), PipeChannel::Unfinished::complete); }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    Transferred try_write(std::span<const std::byte> data);
    bool ready();

private:
    std::mutex mutex_; // as above
    std::unique_ptr<PipeChannel> channel_;
};

/// The two ends of a new pipe. Ours is for overlapped operations, and belongs to `port`; the child's is an ordinary
/// synchronous one, as programs expect. Neither is inheritable yet.
struct Pipe {
    std::unique_ptr<PipeChannel> ours;
    Handle childs;
};

enum class Direction { to_child, from_child };

/// On error: throws std::system_error.
Pipe make_pipe(Direction direction, std::optional<std::size_t> capacity, const std::shared_ptr<CompletionPort> &port);

} // namespace backchat::platform
