#include "platform/poller.hpp"

#include "platform/linux/member.hpp"
#include "platform/linux/pipe_impl.hpp"
#include "platform/linux/process_impl.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <system_error>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

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

/// What poll(2) is asked about one interest. A negative descriptor: it has none, and is looked at by hand.
struct Question {
    pollfd operator()(const ReadEnd *end) const { return {end->impl().fd.get(), POLLIN, 0}; }
    pollfd operator()(const WriteEnd *end) const { return {end->impl().fd.get(), POLLOUT, 0}; }
    pollfd operator()(const Process *process) const { return {process->impl().exit_descriptor(), POLLIN, 0}; }
    pollfd operator()(const Member *member) const { return {member->pidfd(), POLLIN, 0}; }
    pollfd operator()(const Wakeup *wakeup) const { return {wakeup->impl().event.get(), POLLIN, 0}; }
};

/// How often those without a descriptor are looked at: only in a process that has run out of descriptors or threads.
constexpr auto by_hand_every = std::chrono::milliseconds(5);

/// Whether something that has no descriptor may be ready.
bool ready_by_hand(const Interest &interest) {
    if (const auto *member = std::get_if<Member *>(&interest.in)) return (*member)->dead();
    return true; // the caller asks the child, or looks at what the wakeup was about
}

timespec time_left(Clock::time_point deadline) {
    const auto now = Clock::now();
    if (deadline <= now) return {0, 0};
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline - now).count();
    return {static_cast<time_t>(left / 1'000'000'000), static_cast<long>(left % 1'000'000'000)};
}

/// ppoll counts in nanoseconds: nothing to round up. Repeated with the time that is left when interrupted. Gives false
/// when there are more questions than the system takes.
bool poll_until(std::span<pollfd> questions, Clock::time_point deadline) {
    for (;;) {
        const bool bounded = deadline != Clock::time_point::max();
        const timespec left = bounded ? time_left(deadline) : timespec{};
        if (::ppoll(questions.data(), questions.size(), bounded ? &left : nullptr, nullptr) >= 0) return true;
        if (errno == EINVAL) return false;
        if (errno != EINTR) throw std::system_error(errno, std::system_category());
    }
}

/// poll(2) takes no more questions than the process may have descriptors, and a host may have lowered that limit.
std::size_t most_questions() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return 0;
    return static_cast<std::size_t>(limit.rlim_cur);
}

} // namespace

void wait_for(std::span<Interest> interests, Clock::time_point deadline) {
    std::vector<pollfd> questions;
    questions.reserve(interests.size());
    bool by_hand = false;
    for (const Interest &interest : interests) {
        questions.push_back(std::visit(Question(), interest.in));
        by_hand = by_hand || questions.back().fd < 0;
    }
    if (by_hand) deadline = std::min(deadline, Clock::now() + by_hand_every);
    if (!poll_until(questions, deadline)) {
        const std::size_t asked = std::min(questions.size(), most_questions());
        for (std::size_t i = asked; i < questions.size(); ++i) questions[i].fd = -1;
        poll_until(std::span(questions).first(asked), std::min(deadline, Clock::now() + by_hand_every));
    }
    for (std::size_t i = 0; i < interests.size(); ++i)
        interests[i].ready = questions[i].fd < 0 ? ready_by_hand(interests[i]) : questions[i].revents != 0;
}

} // namespace backchat::platform
