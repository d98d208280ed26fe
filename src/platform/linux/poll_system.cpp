#include "platform/unix/poll_system.hpp"

#include "platform/linux/member.hpp"
#include "platform/linux/process_impl.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <limits>
#include <system_error>

#include <sys/eventfd.h>

namespace backchat::platform {

class Wakeup::Impl {
public:
    FileDescriptor event;
};

Wakeup::Wakeup(const Process &) : impl_(std::make_unique<Impl>()) {}
Wakeup::~Wakeup() = default;

void Wakeup::prepare() noexcept {
    if (impl_->event) return;
    impl_->event = FileDescriptor::above_standard_if_possible(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

void Wakeup::signal() noexcept {
    if (impl_->event) ::eventfd_write(impl_->event.get(), 1);
}

void Wakeup::reset() noexcept {
    eventfd_t count = 0;
    if (impl_->event) ::eventfd_read(impl_->event.get(), &count);
}

namespace {

timespec time_left(Clock::time_point deadline) {
    const auto now = Clock::now();
    if (deadline <= now) return {0, 0};
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline - now).count();
    // Where time_t has 32 bits, a wait of 70 years comes back early.
    constexpr auto longest = static_cast<std::int64_t>(std::numeric_limits<time_t>::max());
    return {static_cast<time_t>(std::min<std::int64_t>(left / 1'000'000'000, longest)),
            static_cast<long>(left % 1'000'000'000)};
}

} // namespace

/// ppoll counts in nanoseconds: nothing to round up. Repeated with the time that is left when interrupted.
bool poll_until(std::span<pollfd> questions, Clock::time_point deadline) {
    for (;;) {
        const bool bounded = deadline != Clock::time_point::max();
        const timespec left = bounded ? time_left(deadline) : timespec{};
        if (::ppoll(questions.data(), questions.size(), bounded ? &left : nullptr, nullptr) >= 0) return true;
        if (errno == EINVAL) return false;
        if (errno != EINTR) throw std::system_error(errno, std::system_category());
    }
}

int descriptor_of(const Process &process) { return process.impl().exit_descriptor(); }
int descriptor_of(const Member &member) { return member.pidfd(); }
int descriptor_of(const Wakeup &wakeup) { return wakeup.impl().event.get(); }

bool has_ended(Member &member) { return member.dead(); }

} // namespace backchat::platform
