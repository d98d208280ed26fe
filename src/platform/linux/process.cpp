#include "platform/linux/process_impl.hpp"
#include "platform/linux/raw.hpp"
#include "platform/unix/exit_watch.hpp"
#include "platform/unix/signals_blocked.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

namespace backchat::platform {
namespace {

ExitStatus decode(const siginfo_t &info) {
    switch (info.si_code) {
    case CLD_EXITED: return ExitStatus::exited(info.si_status);
    case CLD_KILLED: return ExitStatus::signaled(info.si_status);
    case CLD_DUMPED: return ExitStatus::signaled(info.si_status, ExitStatus::CoreDump::written);
    default: return ExitStatus::unknown();
    }
}

std::chrono::microseconds duration(const timeval &time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

Usage decode(const rusage &usage) {
    return {.user = duration(usage.ru_utime),
            .system = duration(usage.ru_stime),
            .max_rss_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024};
}

/// waitid for this child alone: by pidfd where the kernel can (5.4), else by number, which is safe as long as it was
/// not reaped.
int wait_for_child(const Process::Impl &process, siginfo_t &info, int options, rusage *usage) {
    int result = -1;
    do {
        info = {};
        result = -1;
        errno = EINVAL;
        if (process.pidfd)
            result = raw::waitid(raw::by_pidfd, static_cast<id_t>(process.pidfd.get()), &info, options, usage);
        if (result < 0 && errno == EINVAL)
            result = raw::waitid(P_PID, static_cast<id_t>(process.pid), &info, options, usage);
    } while (result < 0 && errno == EINTR);
    return result;
}

} // namespace

void wait_until_ended(pid_t pid) noexcept {
    siginfo_t info;
    while (raw::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT, nullptr) < 0 && errno == EINTR) {
    }
}

Process::Impl::Impl() = default;
Process::Impl::~Impl() = default;

int Process::Impl::exit_descriptor() const {
    if (pidfd) return pidfd.get();
    return watch ? watch->descriptor() : -1;
}

Process::Process(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Process::~Process() = default;
Process::Process(Process &&) noexcept = default;
Process &Process::operator=(Process &&) noexcept = default;

Pid Process::pid() const { return impl_->pid; }

void Process::prepare_wait() noexcept {
    if (impl_->pidfd || impl_->watch || impl_->ended) return;
    try {
        impl_->watch = std::make_unique<ExitWatch>(impl_->pid);
    } catch (const std::exception &) {
        // No descriptor, thread or memory to be had at the moment: wait_for() looks by itself.
    }
}

std::optional<Ended> Process::try_reap() {
    if (impl_->ended) return impl_->ended;
    if (impl_->watch && !impl_->watch->has_seen_exit()) return std::nullopt;
    siginfo_t info;
    rusage usage{};
    if (wait_for_child(*impl_, info, WEXITED | WNOHANG, &usage) == 0) {
        if (info.si_pid == 0) return std::nullopt; // still running
        impl_->ended = Ended{decode(info), decode(usage)};
    } else if (errno == ECHILD) {
        // Somebody else has reaped it: the host ignores SIGCHLD, or waits for any child.
        impl_->ended = Ended{ExitStatus::unknown(), {}};
    } else {
        throw std::system_error(errno, std::system_category());
    }
    return impl_->ended;
}

bool Process::send_signal(int number) {
    if (impl_->ended) return false;
    if (impl_->send_signal(number) == 0) return true;
    if (errno == ESRCH) return false;
    throw std::system_error(errno, std::system_category());
}

void Process::kill() noexcept {
    if (!impl_->ended) impl_->send_signal(SIGKILL);
}

int Process::Impl::send_signal(int number) const {
    int result = -1;
    errno = ENOSYS;
    if (pidfd) result = raw::pidfd_send_signal(pidfd.get(), number);
    // Before 5.1, or under a filter that refuses it: the number is the child's own until we reap it.
    return result < 0 && (errno == ENOSYS || errno == EPERM) ? ::kill(pid, number) : result;
}

void Process::reap_in_background(Process process) noexcept {
    try {
        auto wait = [impl = std::shared_ptr<Impl>(std::move(process.impl_))] {
            siginfo_t info;
            wait_for_child(*impl, info, WEXITED, nullptr);
        };
        const SignalsBlocked guard;
        std::thread(std::move(wait)).detach();
    } catch (const std::exception &) {
        // No thread or no memory to be had: the child stays a zombie from its end to ours, which harms nobody else.
    }
}

} // namespace backchat::platform
