#include "platform/unix/poll_system.hpp"

#include "platform/posix/member.hpp"
#include "platform/posix/process_impl.hpp"
#include "platform/unix/pipe_system.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace backchat::platform {

/// A pipe to ourselves. With one byte in it, it has been signalled.
class Wakeup::Impl {
public:
    PipeEnds pipe;
};

Wakeup::Wakeup(const Process &) : impl_(std::make_unique<Impl>()) {}
Wakeup::~Wakeup() = default;

void Wakeup::prepare() noexcept {
    if (impl_->pipe.read) return;
    try {
        PipeEnds ends = make_pipe_ends();
        if (::fcntl(ends.read.get(), F_SETFL, O_RDONLY | O_NONBLOCK) < 0) return;
        if (::fcntl(ends.write.get(), F_SETFL, O_WRONLY | O_NONBLOCK) < 0) return;
        impl_->pipe = std::move(ends);
    } catch (const std::system_error &) {
        // No descriptor is left: wait_for() looks by itself.
    }
}

void Wakeup::signal() noexcept {
    const char byte = 0;
    // EAGAIN: it is full of signals already.
    while (impl_->pipe.write && ::write(impl_->pipe.write.get(), &byte, 1) < 0 && errno == EINTR) {
    }
}

void Wakeup::reset() noexcept {
    std::array<char, 64> bytes;
    for (;;) {
        const ssize_t n = impl_->pipe.read ? ::read(impl_->pipe.read.get(), bytes.data(), bytes.size()) : 0;
        if (n == 0 || (n < 0 && errno != EINTR)) return;
    }
}

namespace {

/// poll(2) counts in milliseconds: rounded up, or the last one would be spent in asking again and again.
int milliseconds_left(Clock::time_point deadline) {
    if (deadline == Clock::time_point::max()) return -1;
    const auto now = Clock::now();
    if (deadline <= now) return 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
    return static_cast<int>(std::min<decltype(left)>(left, INT_MAX));
}

} // namespace

bool poll_until(std::span<pollfd> questions, Clock::time_point deadline) {
    for (;;) {
        const auto count = static_cast<nfds_t>(questions.size());
        if (::poll(questions.data(), count, milliseconds_left(deadline)) >= 0) return true;
        if (errno == EINVAL) return false;
        if (errno != EINTR && errno != EAGAIN) throw std::system_error(errno, std::system_category());
    }
}

int descriptor_of(const Process &process) { return process.impl().watch ? process.impl().watch->descriptor() : -1; }
int descriptor_of(const Member &) { return -1; }
int descriptor_of(const Wakeup &wakeup) { return wakeup.impl().pipe.read.get(); }

bool has_ended(Member &member) { return member.dead(); }

} // namespace backchat::platform
