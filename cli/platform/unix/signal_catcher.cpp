#include "cli/platform/signal_catcher.hpp"

#include "cli/platform/unix/descriptor.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr std::array numbers = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
constexpr CaughtSignal closing{0, false};

// A handler reaches nothing but globals. It may run in any thread.
std::atomic<int> event_descriptor{-1};
std::atomic<bool> child_gets_terminal_signals{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

/// Less than PIPE_BUF, so it goes in one piece or, when thousands of signals wait already, not at all.
void write_event(const CaughtSignal &event) { (void)!write(event_descriptor, &event, sizeof event); }

/// What a terminal sends goes to its foreground group as a whole. The kernel's own signals, unlike those of kill(2), have
/// SI_KERNEL; where there is no such code, they come from no process.
bool is_of_terminal(const siginfo_t &info) {
#ifdef SI_KERNEL
    return info.si_code == SI_KERNEL;
#else
    return info.si_pid == 0;
#endif
}

void note_signal(int number, siginfo_t *info, void *) {
    if (number == SIGPIPE) return; // the write that caused it tells by its EPIPE
    const int saved_errno = errno;
    write_event({number, is_of_terminal(*info) && child_gets_terminal_signals});
    errno = saved_errno;
}

bool is_ignored(int number) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

class SignalCatcher::Impl {
public:
    Impl() {
        event_descriptor = descriptor(events_.write_end.get());
        struct sigaction action {};
        action.sa_sigaction = note_signal;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigemptyset(&action.sa_mask);
        for (const int number : numbers)
            if (!is_ignored(number)) sigaction(number, &action, nullptr);
    }
    ~Impl() { event_descriptor = -1; }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    std::optional<CaughtSignal> next() {
        CaughtSignal event{};
        ssize_t size = 0;
        do {
            size = read(descriptor(events_.read_end.get()), &event, sizeof event);
        } while (size < 0 && errno == EINTR);
        if (size != sizeof event || event.number == closing.number) return std::nullopt;
        return event;
    }

private:
    DescriptorPair events_ = make_pipe();
};

SignalCatcher::SignalCatcher() : impl_(std::make_unique<Impl>()) {}
SignalCatcher::~SignalCatcher() = default;

void SignalCatcher::child_exists(const ProcessGroup &group) {
    child_gets_terminal_signals = group.kind() == ProcessGroup::Kind::inherit;
}

std::optional<CaughtSignal> SignalCatcher::next() { return impl_->next(); }

void SignalCatcher::close() { write_event(closing); }

} // namespace backchat::cli
