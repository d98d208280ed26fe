#include "platform/windows/member.hpp"

#include "platform/windows/kernel32.hpp"
#include "platform/windows/text.hpp"

#include <array>

namespace backchat::platform {

std::string program_of(HANDLE process) {
    std::array<wchar_t, 32768> path; // the longest there is
    auto size = static_cast<DWORD>(path.size());
    if (::QueryFullProcessImageNameW(process, 0, path.data(), &size) == FALSE) return {};
    return to_utf8({path.data(), size});
}

Member::Member(DWORD pid, Handle process)
    : pid_(pid), process_(std::move(process)), info_{static_cast<Pid>(pid), program_of(process_.get())} {}

bool Member::dead() const { return kernel32().WaitForSingleObject(process_.get(), 0) == WAIT_OBJECT_0; }

void Member::prepare_wait(const std::shared_ptr<CompletionPort> &port) noexcept {
    if (watch_) return;
    try {
        watch_ = std::make_unique<ExitWatch>(process_.get(), port);
    } catch (const std::exception &) {
        // No memory at the moment.
    }
}

} // namespace backchat::platform
