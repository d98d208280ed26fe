#include "platform/windows/job.hpp"

#include "platform/windows/kernel32.hpp"

#include <cstring>

namespace backchat::platform {
namespace {

/// A descendant that asks for it by name may leave: a service that is meant to outlive us.
constexpr DWORD may_leave = JOB_OBJECT_LIMIT_BREAKAWAY_OK;

} // namespace

Job::Job(WhenWeDie fate) : job_(kernel32().CreateJobObjectW(nullptr, nullptr)) {
    if (!job_) throw last_error();
    if (!set_limits(fate == WhenWeDie::tree_dies ? may_leave | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE : may_leave))
        throw last_error();
}

Job::~Job() { set_limits(may_leave); }

bool Job::set_limits(DWORD flags) noexcept {
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = flags;
    return kernel32().SetInformationJobObject(job_.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits) !=
           FALSE;
}

bool Job::terminate() noexcept {
    terminated_ = true;
    return kernel32().TerminateJobObject(job_.get(), killed_code) != FALSE;
}

std::vector<DWORD> Job::pids() const {
    // JOBOBJECT_BASIC_PROCESS_ID_LIST: two counts, then as many numbers as there is room for.
    constexpr std::size_t counts = 2 * sizeof(DWORD);
    for (std::size_t room = 64;; room *= 2) {
        std::vector<ULONG_PTR> buffer(counts / sizeof(ULONG_PTR) + 1 + room);
        const auto bytes = static_cast<DWORD>(buffer.size() * sizeof(ULONG_PTR));
        if (kernel32().QueryInformationJobObject(job_.get(), JobObjectBasicProcessIdList, buffer.data(), bytes,
                                                 nullptr) == FALSE) {
            if (::GetLastError() == ERROR_MORE_DATA) continue;
            throw last_error();
        }
        const auto *list = reinterpret_cast<const JOBOBJECT_BASIC_PROCESS_ID_LIST *>(buffer.data());
        if (list->NumberOfProcessIdsInList < list->NumberOfAssignedProcesses) continue;
        std::vector<DWORD> pids;
        for (DWORD i = 0; i < list->NumberOfProcessIdsInList; ++i)
            pids.push_back(static_cast<DWORD>(list->ProcessIdList[i]));
        return pids;
    }
}

bool Job::has(HANDLE process) const {
    BOOL result = FALSE;
    return ::IsProcessInJob(process, job_.get(), &result) != FALSE && result != FALSE;
}

} // namespace backchat::platform
