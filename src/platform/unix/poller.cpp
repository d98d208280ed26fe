#include "platform/poller.hpp"

#include "platform/unix/pipe_impl.hpp"
#include "platform/unix/poll_system.hpp"

#include <algorithm>
#include <vector>

#include <poll.h>
#include <sys/resource.h>

namespace backchat::platform {

namespace {

/// What poll(2) is asked about one interest. A negative descriptor: it has none, and is looked at by hand.
struct Question {
    pollfd operator()(const ReadEnd *end) const { return {end->impl().fd.get(), POLLIN, 0}; }
    pollfd operator()(const WriteEnd *end) const { return {end->impl().fd.get(), POLLOUT, 0}; }
    pollfd operator()(const Process *process) const { return {descriptor_of(*process), POLLIN, 0}; }
    pollfd operator()(const Member *member) const { return {descriptor_of(*member), POLLIN, 0}; }
    pollfd operator()(const Wakeup *wakeup) const { return {descriptor_of(*wakeup), POLLIN, 0}; }
};

/// How often those without a descriptor are looked at: only in a process that has run out of descriptors or threads.
constexpr auto by_hand_every = std::chrono::milliseconds(5);

/// Whether something that has no descriptor may be ready.
bool ready_by_hand(const Interest &interest) {
    if (const auto *member = std::get_if<Member *>(&interest.in)) return has_ended(**member);
    return true; // the caller asks the child, or looks at what the wakeup was about
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
