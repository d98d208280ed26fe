#include "platform/windows/completion_port.hpp"

#include "platform/windows/kernel32.hpp"
#include "platform/windows/milliseconds.hpp"

#include <array>

namespace backchat::platform {
namespace {

constexpr int most_gathered = 64;

} // namespace

CompletionPort::CompletionPort() : port_(kernel32().CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 0)) {
    if (!port_) throw last_error();
}

void CompletionPort::attach(HANDLE file) {
    if (kernel32().CreateIoCompletionPort(file, port_.get(), 0, 0) == nullptr) throw last_error();
}

void CompletionPort::post() noexcept {
    // It fails for want of memory alone; then whoever waits looks again when something else happens.
    kernel32().PostQueuedCompletionStatus(port_.get(), 0, 0, nullptr);
}

bool CompletionPort::take(DWORD milliseconds) {
    std::array<OVERLAPPED_ENTRY, most_gathered> packets;
    ULONG taken = 0;
    if (kernel32().GetQueuedCompletionStatusEx(port_.get(), packets.data(), static_cast<ULONG>(packets.size()), &taken,
                                               milliseconds, FALSE) == 0)
        return false;
    if (taken < packets.size()) gathered_ = 0;
    return true;
}

void CompletionPort::wait(Clock::time_point deadline) {
    if (!take(milliseconds_until(deadline)) && ::GetLastError() != WAIT_TIMEOUT) throw last_error();
}

void CompletionPort::on_completion() noexcept {
    if (++gathered_ < most_gathered) return;
    while (take(0)) {
    }
    gathered_ = 0;
    // One of them may have been for a thread that waits.
    if (waiters_ > 0) post();
}

} // namespace backchat::platform
