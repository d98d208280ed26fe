#include "platform/posix/process_impl.hpp"
#include "platform/unix/signals_blocked.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

#include <sys/resource.h>
#include <sys/wait.h>

namespace backchat::platform {
namespace {

ExitStatus decode(int status) {
    if (WIFEXITED(status)) return ExitStatus::exited(WEXITSTATUS(status));
    if (!WIFSIGNALED(status)) return ExitStatus::unknown();
#ifdef WCOREDUMP
    if (WCOREDUMP(status)) return ExitStatus::signaled(WTERMSIG(status), ExitStatus::CoreDump::written);
#endif
    return ExitStatus::signaled(WTERMSIG(status));
}

std::chrono::microseconds duration(const timeval &time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

Usage decode(const rusage &usage) {
#ifdef __APPLE__
    constexpr std::uint64_t rss_unit = 1;
#else
    constexpr std::uint64_t rss_unit = 1024;
#endif
    return {.user = duration(usage.ru_utime),
            .system = duration(usage.ru_stime),
            .max_rss_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * rss_unit};
}

/// wait4, repeated when interrupted.
pid_t reap(pid_t pid, int *status, int options, rusage *usage) {
    pid_t result = -1;
    do {
        result = ::wait4(pid, status, options, usage);
    } while (result < 0 && errno == EINTR);
    return result;
}

} // namespace

void wait_until_ended(pid_t pid) noexcept {
    siginfo_t info;
    while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
}

int Process::Impl::send_signal(int signal) const {
    const std::lock_guard lock(number);
    errno = ESRCH;
    return ended ? -1 : ::kill(pid, signal);
}

bool Process::Impl::has_ended() const {
    const std::lock_guard lock(number);
    if (ended) return true;
    siginfo_t info{};
    int result = -1;
    do {
        result = ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    } while (result < 0 && errno == EINTR);
    return result < 0 ? errno == ECHILD : info.si_pid == pid;
}

Process::Process(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Process::~Process() = default;
Process::Process(Process &&) noexcept = default;
Process &Process::operator=(Process &&) noexcept = default;

Pid Process::pid() const { return impl_->pid; }

void Process::prepare_wait() noexcept {
    if (impl_->watch || impl_->ended) return;
    try {
        impl_->watch = std::make_unique<ExitWatch>(impl_->pid);
    } catch (const std::exception &) {
        // No descriptor, thread or memory to be had at the moment: wait_for() looks by itself.
    }
}

std::optional<Ended> Process::try_reap() {
    const std::lock_guard lock(impl_->number);
    if (impl_->ended) return impl_->ended;
    if (impl_->watch && !impl_->watch->has_seen_exit()) return std::nullopt;
    int status = 0;
    rusage usage{};
    const pid_t found = reap(impl_->pid, &status, WNOHANG, &usage);
    if (found == 0) return std::nullopt; // still running
    if (found > 0) {
        impl_->ended = Ended{decode(status), decode(usage)};
    } else if (errno == ECHILD) {
        // Somebody else has reaped it: the host ignores SIGCHLD, or waits for any child.
        impl_->ended = Ended{ExitStatus::unknown(), {}};
    } else {
        throw std::system_error(errno, std::system_category());
    }
    return impl_->ended;
}

bool Process::send_signal(int number) {
    if (impl_->send_signal(number) == 0) return true;
    if (errno == ESRCH) return false;
    throw std::system_error(errno, std::system_category());
}

void Process::kill() noexcept { impl_->send_signal(SIGKILL); }

void Process::reap_in_background(Process process) noexcept {
    try {
        auto wait = [impl = std::shared_ptr<Impl>(std::move(process.impl_))] {
            int status = 0;
            rusage usage{};
            reap(impl->pid, &status, 0, &usage);
        };
        const SignalsBlocked guard;
        std::thread(std::move(wait)).detach();
    } catch (const std::exception &) {
        // No thread or no memory to be had: the child stays a zombie from its end to ours, which harms nobody else.
    }
}

} // namespace backchat::platform
