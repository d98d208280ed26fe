#include "support/feature.hpp"

#include "support/child.hpp"
#include "support/native_handle.hpp"
#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

#include <cstdint>

#include <psapi.h>

namespace support {
namespace {

const char *missing_polite_signals() {
    if (::GetConsoleCP() == 0) return "there is no console, through which Ctrl-Break goes";
    // A group that nobody leads: Windows finds that it does not exist, Wine 8 does not come so far.
    constexpr DWORD nobody = 0x7ffffff0;
    if (!::GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, nobody) && ::GetLastError() == ERROR_INVALID_HANDLE) {
        return "the console here has no Ctrl-Break";
    }
    return nullptr;
}

/// A child that has ended.
UniqueHandle ended_child() {
    STARTUPINFOW startup = {};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION made = {};
    std::wstring line = L'"' + wide(child("exit_with")) + L"\" 0";
    if (!::CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &made)) {
        throw_last_error("CreateProcessW");
    }
    const UniqueHandle thread(as_native(made.hThread));
    ::WaitForSingleObject(made.hProcess, INFINITE);
    return UniqueHandle(as_native(made.hProcess));
}

const char *missing_peak_memory() {
    const UniqueHandle process = ended_child();
    PROCESS_MEMORY_COUNTERS used = {};
    if (!::K32GetProcessMemoryInfo(as_handle(process.get()), &used, sizeof used)) {
        throw_last_error("GetProcessMemoryInfo");
    }
    return used.PeakWorkingSetSize > 0 ? nullptr : "the system forgets it when a process ends";
}

/// In units of 100 ns.
std::uint64_t time_of(HANDLE process) {
    FILETIME created = {}, exited = {}, kernel = {}, user = {};
    ::GetProcessTimes(process, &created, &exited, &kernel, &user);
    return std::uint64_t{kernel.dwLowDateTime} + user.dwLowDateTime;
}

const char *missing_processor_time() {
    constexpr std::uint64_t much = 1'000'000;
    while (time_of(::GetCurrentProcess()) < much) {
    }
    const UniqueHandle process = ended_child();
    return time_of(as_handle(process.get())) >= much ? "the system tells our own time for a child's" : nullptr;
}

/// Wine starts the child's console with all that the child inherits.
const char *missing_early_end() {
    const bool wine = ::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
    return wine && ::GetConsoleCP() == 0 ? "the child's console process has the child's streams open, too" : nullptr;
}

} // namespace

const char *missing_here(Feature feature) {
    switch (feature) {
    case Feature::early_end: return missing_early_end();
    case Feature::processor_time: return missing_processor_time();
    case Feature::polite_signals: return missing_polite_signals();
    case Feature::peak_memory: return missing_peak_memory();
    default: return nullptr;
    }
}

} // namespace support
