#include "platform/unix/pipe_impl.hpp"
#include "platform/unix/pipe_system.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

/// Keeps the SIGPIPE of a write from the host, whatever the host does with that signal.
///
/// The signal is blocked in this thread alone and, if the write has made it pending, taken back before the mask is
/// restored. One that was pending before is the host's and stays. (MSG_NOSIGNAL would be simpler; it is for sockets.)
class NoBrokenPipeSignal {
public:
    NoBrokenPipeSignal() {
        sigemptyset(&broken_pipe_);
        sigaddset(&broken_pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken_pipe_, &before_);
        was_blocked_ = sigismember(&before_, SIGPIPE) == 1;
        if (!was_blocked_) return; // then none was pending either
        sigset_t pending;
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    }
    ~NoBrokenPipeSignal() {
        if (!was_blocked_) pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    NoBrokenPipeSignal(const NoBrokenPipeSignal &) = delete;
    NoBrokenPipeSignal &operator=(const NoBrokenPipeSignal &) = delete;

    /// The write has failed with EPIPE: takes its signal.
    void take() const {
        if (was_pending_) return; // signals of one kind do not queue: it is the host's one
        take_broken_pipe_signal(broken_pipe_);
    }

private:
    sigset_t broken_pipe_;
    sigset_t before_;
    bool was_blocked_;
    bool was_pending_ = false;
};

Transferred failure(int error) { return {0, Reason::failed, {error, std::system_category()}}; }

} // namespace

ReadEnd::ReadEnd(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReadEnd::~ReadEnd() = default;
ReadEnd::ReadEnd(ReadEnd &&) noexcept = default;
ReadEnd &ReadEnd::operator=(ReadEnd &&) noexcept = default;

Transferred ReadEnd::try_read(std::span<std::byte> buffer) {
    for (;;) {
        const ssize_t n = ::read(impl_->fd.get(), buffer.data(), buffer.size());
        if (n > 0) return {static_cast<std::size_t>(n), Reason::data};
        if (n == 0) return {0, Reason::end_of_file};
        if (errno == EINTR) continue;
        if (errno == EAGAIN) return {0, Reason::would_block};
        return failure(errno);
    }
}

std::size_t ReadEnd::available() const {
    int bytes = 0;
    if (::ioctl(impl_->fd.get(), FIONREAD, &bytes) < 0) return 0;
    return static_cast<std::size_t>(bytes);
}

WriteEnd::WriteEnd(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WriteEnd::~WriteEnd() = default;
WriteEnd::WriteEnd(WriteEnd &&) noexcept = default;
WriteEnd &WriteEnd::operator=(WriteEnd &&) noexcept = default;

Transferred WriteEnd::try_write(std::span<const std::byte> data) {
    if (data.empty()) return {0, Reason::data};
    const NoBrokenPipeSignal guard;
    for (;;) {
        const ssize_t n = ::write(impl_->fd.get(), data.data(), data.size());
        if (n >= 0) return {static_cast<std::size_t>(n), Reason::data};
        if (errno == EINTR) continue;
        if (errno == EAGAIN) return {0, Reason::would_block};
        const int error = errno;
        if (error != EPIPE) return failure(error);
        guard.take();
        return {0, Reason::broken_pipe};
    }
}

Pipe make_pipe(Direction direction, std::optional<std::size_t> capacity) {
    PipeEnds ends = make_pipe_ends();
    Pipe pipe = direction == Direction::to_child ? Pipe{std::move(ends.write), std::move(ends.read)}
                                                 : Pipe{std::move(ends.read), std::move(ends.write)};
    if (::fcntl(pipe.ours.get(), F_SETFL, O_NONBLOCK | (direction == Direction::to_child ? O_WRONLY : O_RDONLY)) < 0)
        throw std::system_error(errno, std::system_category());
    tune_our_end(pipe.ours, direction, capacity);
    return pipe;
}

} // namespace backchat::platform
