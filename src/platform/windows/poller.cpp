#include "platform/poller.hpp"

#include "platform/windows/completion_port.hpp"
#include "platform/windows/member.hpp"
#include "platform/windows/pipe_impl.hpp"
#include "platform/windows/process_impl.hpp"

#include <algorithm>
#include <atomic>

namespace backchat::platform {

class Wakeup::Impl {
public:
    explicit Impl(std::shared_ptr<CompletionPort> p) : port(std::move(p)) {}
    const std::shared_ptr<CompletionPort> port;
    std::atomic<bool> signalled{false};
};

Wakeup::Wakeup(const Process &child) : impl_(std::make_unique<Impl>(child.impl().port)) {}
Wakeup::~Wakeup() = default;

void Wakeup::prepare() noexcept {}

void Wakeup::signal() noexcept {
    if (!impl_->signalled.exchange(true)) impl_->port->post();
}

void Wakeup::reset() noexcept { impl_->signalled = false; }

namespace {

/// How often those are looked at of which the port is not told: only where the system has refused to.
constexpr auto by_hand_every = std::chrono::milliseconds(5);

struct IsReady {
    bool operator()(const ReadEnd *end) const { return end->impl().ready(); }
    bool operator()(const WriteEnd *end) const { return end->impl().ready(); }
    bool operator()(const Process *process) const { return process->impl().has_ended(); }
    bool operator()(const Member *member) const { return member->dead(); }
    bool operator()(const Wakeup *wakeup) const { return wakeup->impl().signalled; }
};

/// Whether the port is told when it becomes ready. Pipes and wakeups always tell it.
struct TellsPort {
    bool operator()(const Process *process) const { return process->impl().watch != nullptr; }
    bool operator()(const Member *member) const { return member->watched(); }
    template <class Other>
    bool operator()(const Other *) const {
        return true;
    }
};

bool look(std::span<Interest> interests) {
    bool any = false;
    for (Interest &interest : interests) {
        interest.ready = std::visit(IsReady(), interest.in);
        any = any || interest.ready;
    }
    return any;
}

CompletionPort *port_of(std::span<Interest> interests) {
    for (const Interest &interest : interests)
        if (const auto *wakeup = std::get_if<Wakeup *>(&interest.in)) return (*wakeup)->impl().port.get();
    return nullptr;
}

} // namespace

void wait_for(std::span<Interest> interests, Clock::time_point deadline) {
    CompletionPort *const port = port_of(interests);
    if (port == nullptr) { // no more than a look
        look(interests);
        return;
    }
    const bool all_tell = std::all_of(interests.begin(), interests.end(),
                                      [](const Interest &each) { return std::visit(TellsPort(), each.in); });
    const CompletionPort::Waiter waiter(*port);
    while (!look(interests)) {
        const auto now = Clock::now();
        if (now >= deadline) return;
        port->wait(all_tell ? deadline : std::min(deadline, now + by_hand_every));
    }
}

} // namespace backchat::platform
