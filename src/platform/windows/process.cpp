#include "base/signal_number.hpp"
#include "platform/windows/kernel32.hpp"
#include "platform/windows/process_impl.hpp"
#include "platform/windows/windows_of.hpp"

#include <system_error>

#include <psapi.h> // behind windows.h, which those above include

namespace backchat::platform {
namespace {

/// The exit code of a program that Ctrl-C or Ctrl-Break has ended.
constexpr DWORD control_c_exit = 0xC000013A;

/// A FILETIME counts in units of 100 ns.
std::chrono::microseconds duration(const FILETIME &time) {
    const auto units = (std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime;
    return std::chrono::microseconds(units / 10);
}

Usage usage_of(HANDLE process) {
    Usage usage;
    FILETIME created{};
    FILETIME exited{};
    FILETIME kernel{};
    FILETIME user{};
    if (kernel32().GetProcessTimes(process, &created, &exited, &kernel, &user) != FALSE) {
        usage.user = duration(user);
        usage.system = duration(kernel);
    }
    PROCESS_MEMORY_COUNTERS memory{};
    memory.cb = sizeof memory;
    if (::K32GetProcessMemoryInfo(process, &memory, sizeof memory) != FALSE)
        usage.max_rss_bytes = memory.PeakWorkingSetSize;
    return usage;
}

ExitStatus decode(DWORD code, const Process::Impl &process) {
    // An exit code alone does not say who ended the process; that we did, we know.
    if (code == Job::killed_code && (process.killed || process.job->terminated()))
        return ExitStatus::signaled(base::signal_kill);
    if (code == control_c_exit && process.asked != 0) return ExitStatus::signaled(process.asked);
    return ExitStatus::exited(static_cast<int>(code));
}

} // namespace

bool Process::Impl::has_ended() const { return kernel32().WaitForSingleObject(process.get(), 0) == WAIT_OBJECT_0; }

bool Process::Impl::ask_to_end(int number) {
    const auto id = static_cast<DWORD>(pid);
    const bool told = group == Group::own && kernel32().GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, id) != FALSE;
    const bool asked_windows = close_windows_of({id}) > 0;
    if (told) asked = number;
    return told || asked_windows;
}

bool Process::Impl::kill() noexcept {
    killed = true;
    return kernel32().TerminateProcess(process.get(), Job::killed_code) != FALSE;
}

Process::Process(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Process::~Process() = default;
Process::Process(Process &&) noexcept = default;
Process &Process::operator=(Process &&) noexcept = default;

Pid Process::pid() const { return impl_->pid; }

void Process::prepare_wait() noexcept {
    if (impl_->watch || impl_->ended) return;
    try {
        impl_->watch = std::make_unique<ExitWatch>(impl_->process.get(), impl_->port);
    } catch (const std::exception &) {
        // No memory at the moment: wait_for() looks by itself.
    }
}

std::optional<Ended> Process::try_reap() {
    if (impl_->ended) return impl_->ended;
    if (!impl_->has_ended()) return std::nullopt;
    DWORD code = 0;
    if (kernel32().GetExitCodeProcess(impl_->process.get(), &code) == FALSE) throw last_error();
    impl_->ended = Ended{decode(code, *impl_), usage_of(impl_->process.get())};
    return impl_->ended;
}

bool Process::send_signal(int number) {
    if (impl_->ended || impl_->has_ended()) return false;
    switch (number) {
    case 0: return true; // is it there?
    case base::signal_kill:
        if (impl_->kill()) return true;
        // Refused, too, when it is on its way out by itself.
        if (const auto error = last_error(); !impl_->has_ended()) throw error;
        return false;
    case base::signal_interrupt:
    case base::signal_terminate:
        if (impl_->ask_to_end(number)) return true;
        if (impl_->has_ended()) return false;
        throw std::system_error(std::make_error_code(std::errc::not_supported));
    default: throw std::system_error(std::make_error_code(std::errc::invalid_argument));
    }
}

void Process::kill() noexcept {
    if (!impl_->ended) impl_->kill();
}

void Process::reap_in_background(Process) noexcept {
    // An ended process is gone once nobody has a handle to it: there is nothing to reap.
}

} // namespace backchat::platform
