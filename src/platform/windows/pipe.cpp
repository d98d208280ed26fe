#include "platform/windows/kernel32.hpp"
#include "platform/windows/pipe_impl.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

namespace backchat::platform {
namespace {

/// That nobody has the other end any more. Which of them is said depends on the system and on who closed how.
bool is_end(DWORD error) {
    return error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA || error == ERROR_PIPE_NOT_CONNECTED ||
           error == ERROR_HANDLE_EOF;
}

} // namespace

// ---- One operation at a time.

PipeChannel::PipeChannel(Handle pipe, std::shared_ptr<CompletionPort> port)
    : pipe_(std::move(pipe)), port_(std::move(port)), event_(kernel32().CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
    if (!event_) throw last_error();
    port_->attach(pipe_.get());
}

void PipeChannel::begin_read() {
    writing_ = {};
    overlapped_ = {};
    overlapped_.hEvent = event_.get();
    on_begun(
        kernel32().ReadFile(pipe_.get(), buffer_.data(), static_cast<DWORD>(buffer_.size()), nullptr, &overlapped_));
}

void PipeChannel::begin_write(std::size_t size) {
    writing_ = buffer().first(size);
    overlapped_ = {};
    overlapped_.hEvent = event_.get();
    on_begun(
        kernel32().WriteFile(pipe_.get(), writing_.data(), static_cast<DWORD>(writing_.size()), nullptr, &overlapped_));
}

/// Goes on with an operation that somebody else has cancelled: Wine does when the thread ends that has begun it, in spite
/// of the completion port.
void PipeChannel::begin_again() {
    if (writing_.empty()) return begin_read();
    std::memmove(buffer_.data(), writing_.data() + transferred_, writing_.size() - transferred_);
    begin_write(writing_.size() - transferred_);
}

void PipeChannel::on_begun(BOOL done) {
    transferred_ = 0;
    error_ = done != FALSE ? ERROR_SUCCESS : ::GetLastError();
    // ERROR_MORE_DATA belongs to pipes of messages; it says that the operation has ended.
    pending_ = done != FALSE || error_ == ERROR_IO_PENDING || error_ == ERROR_MORE_DATA;
    if (pending_) settle(FALSE);
}

/// Looks whether the operation has ended, or waits until it has.
void PipeChannel::settle(BOOL wait) {
    DWORD count = 0;
    const BOOL done = kernel32().GetOverlappedResult(pipe_.get(), &overlapped_, &count, wait);
    const DWORD error = done != FALSE ? ERROR_SUCCESS : ::GetLastError();
    if (error == ERROR_IO_INCOMPLETE) return;
    pending_ = false;
    transferred_ = count;
    error_ = error == ERROR_MORE_DATA ? ERROR_SUCCESS : error;
    port_->on_completion();
    if (error_ != ERROR_OPERATION_ABORTED || cancelled_) return;
    if (writing_.empty() && count > 0) error_ = ERROR_SUCCESS; // what it has read counts
    else begin_again();
}

bool PipeChannel::pending() {
    if (pending_) settle(FALSE);
    return pending_;
}

void PipeChannel::retire(std::unique_ptr<PipeChannel> channel, Unfinished operation) noexcept {
    if (!channel || !channel->pending()) return;
    // cppcheck-suppress throwInNoexceptFunction ; nothing there throws
    if (operation == Unfinished::complete && complete_in_background(channel)) return;
    channel->cancelled_ = true;
    if (kernel32().CancelIoEx(channel->pipe_.get(), &channel->overlapped_) != FALSE ||
        ::GetLastError() == ERROR_NOT_FOUND) {
        // Cancelled, or completed just now: the system lets go of the buffer at once, and says so.
        channel->settle(TRUE);
        return;
    }
    // Not even that is possible: the memory stays the operation's. If nobody can be told of its end, it is given up.
    if (!complete_in_background(channel)) static_cast<void>(channel.release());
}

/// Has a thread of the system's pool delete the channel when its operation has ended. Gives false, and leaves it as it
/// is, when there is no memory for that.
bool PipeChannel::complete_in_background(std::unique_ptr<PipeChannel> &channel) noexcept {
    // cppcheck-suppress throwInNoexceptFunction ; nor in the callback
    const PTP_WAIT wait = ::CreateThreadpoolWait(on_completed, channel.get(), nullptr);
    if (wait == nullptr) return false;
    ::SetThreadpoolWait(wait, channel.release()->event_.get(), nullptr);
    return true;
}

void CALLBACK PipeChannel::on_completed(PTP_CALLBACK_INSTANCE, void *channel, PTP_WAIT wait, TP_WAIT_RESULT) {
    std::unique_ptr<PipeChannel> ours(static_cast<PipeChannel *>(channel));
    ours->settle(TRUE);
    if (ours->pending_) { // it had to begin again
        ::SetThreadpoolWait(wait, ours.release()->event_.get(), nullptr);
        return;
    }
    ::CloseThreadpoolWait(wait);
}

// ---- Our end of what the child writes.

ReadEnd::ReadEnd(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReadEnd::~ReadEnd() = default;
ReadEnd::ReadEnd(ReadEnd &&) noexcept = default;
ReadEnd &ReadEnd::operator=(ReadEnd &&) noexcept = default;

Transferred ReadEnd::try_read(std::span<std::byte> buffer) { return impl_->try_read(buffer); }

std::size_t ReadEnd::available() const { return impl_->available(); }

/// Begins a read where none was begun; gives whether the last one has brought something, be it an error.
bool ReadEnd::Impl::has_news() {
    for (;;) {
        if (!begun_) {
            channel_->begin_read();
            begun_ = true;
            taken_ = 0;
        }
        if (channel_->pending()) return false;
        // A writer may write nothing at all, and that arrives, too.
        if (channel_->error() != ERROR_SUCCESS || channel_->transferred() > 0) return true;
        begun_ = false;
    }
}

Transferred ReadEnd::Impl::try_read(std::span<std::byte> buffer) {
    const std::lock_guard lock(mutex_);
    if (!has_news()) return {0, Reason::would_block};
    const DWORD error = channel_->error();
    if (is_end(error)) return {0, Reason::end_of_file};
    if (error != ERROR_SUCCESS) {
        begun_ = false; // another try may go better
        return {0, Reason::failed, system_error_code(error)};
    }
    const std::size_t size = std::min(buffer.size(), channel_->transferred() - taken_);
    std::memcpy(buffer.data(), channel_->buffer().data() + taken_, size);
    taken_ += size;
    if (taken_ == channel_->transferred()) {
        channel_->begin_read();
        taken_ = 0;
    }
    return {size, Reason::data};
}

std::size_t ReadEnd::Impl::available() {
    const std::lock_guard lock(mutex_);
    std::size_t bytes = 0;
    if (has_news() && channel_->error() == ERROR_SUCCESS) bytes = channel_->transferred() - taken_;
    DWORD in_pipe = 0;
    if (::PeekNamedPipe(channel_->pipe(), nullptr, 0, nullptr, &in_pipe, nullptr) != FALSE) bytes += in_pipe;
    return bytes;
}

bool ReadEnd::Impl::ready() {
    const std::lock_guard lock(mutex_);
    return has_news();
}

// ---- Our end of what the child reads.

WriteEnd::WriteEnd(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WriteEnd::~WriteEnd() = default;
WriteEnd::WriteEnd(WriteEnd &&) noexcept = default;
WriteEnd &WriteEnd::operator=(WriteEnd &&) noexcept = default;

Transferred WriteEnd::try_write(std::span<const std::byte> data) { return impl_->try_write(data); }

Transferred WriteEnd::Impl::try_write(std::span<const std::byte> data) {
    if (data.empty()) return {0, Reason::data};
    const std::lock_guard lock(mutex_);
    if (channel_->pending()) return {0, Reason::would_block};
    // The end of the last one is told now: when it was begun, its bytes counted as taken.
    if (channel_->error() == ERROR_SUCCESS) {
        const std::size_t size = std::min(data.size(), channel_->buffer().size());
        std::memcpy(channel_->buffer().data(), data.data(), size);
        channel_->begin_write(size);
        if (channel_->pending() || channel_->error() == ERROR_SUCCESS) return {size, Reason::data};
    }
    const DWORD error = channel_->error();
    if (is_end(error)) return {0, Reason::broken_pipe};
    return {0, Reason::failed, system_error_code(error)};
}

bool WriteEnd::Impl::ready() {
    const std::lock_guard lock(mutex_);
    return !channel_->pending();
}

// ---- Making one.

namespace {

constexpr DWORD usual_capacity = 65536; // what a pipe holds on Linux

/// A name that nobody guesses: pipes are in one space of names for the whole machine.
std::wstring random_name() {
    static constexpr wchar_t digits[] = L"0123456789abcdef";
    std::random_device device;
    std::wstring name = L"\\\\.\\pipe\\backchat-";
    for (int word = 0; word < 4; ++word) {
        std::uint32_t bits = device();
        for (int digit = 0; digit < 8; ++digit, bits >>= 4) name += digits[bits & 0xF];
    }
    return name;
}

/// The end that is made first. Nobody but who opens the name first gets the other one, and nobody from another machine.
Handle make_our_end(const std::wstring &name, Direction direction, DWORD capacity) {
    const DWORD access = direction == Direction::to_child ? PIPE_ACCESS_OUTBOUND : PIPE_ACCESS_INBOUND;
    return Handle(
        kernel32().CreateNamedPipeW(name.c_str(), access | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                                    PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1,
                                    capacity, capacity, 0, nullptr));
}

Handle open_childs_end(const std::wstring &name, Direction direction) {
    // Beside reading or writing, a program may want to look at its pipe, or to change how it reads from it.
    const DWORD access =
        direction == Direction::to_child ? GENERIC_READ | FILE_WRITE_ATTRIBUTES : GENERIC_WRITE | FILE_READ_ATTRIBUTES;
    return Handle(kernel32().CreateFileW(name.c_str(), access, 0, nullptr, OPEN_EXISTING,
                                         SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
}

} // namespace

Pipe make_pipe(Direction direction, std::optional<std::size_t> capacity, const std::shared_ptr<CompletionPort> &port) {
    const auto size = static_cast<DWORD>(std::clamp<std::size_t>(capacity.value_or(usual_capacity), 4096, 1 << 20));
    const std::wstring name = random_name();
    Handle ours = make_our_end(name, direction, size);
    if (!ours) throw last_error();
    Handle childs = open_childs_end(name, direction);
    if (!childs) throw last_error();
    return {std::make_unique<PipeChannel>(std::move(ours), port), std::move(childs)};
}

} // namespace backchat::platform
