#include "support/feature.hpp"

#include "support/child.hpp"
#include "support/native_handle.hpp"
#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

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

const char *missing_peak_memory() {
    STARTUPINFOW startup = {};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION made = {};
    std::wstring line = L'"' + wide(child("exit_with")) + L"\" 0";
    if (!::CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &made)) {
        throw_last_error("CreateProcessW");
    }
    const UniqueHandle process(as_native(made.hProcess)), thread(as_native(made.hThread));
    ::WaitForSingleObject(made.hProcess, INFINITE);
    PROCESS_MEMORY_COUNTERS used = {};
    if (!::K32GetProcessMemoryInfo(made.hProcess, &used, sizeof used)) throw_last_error("GetProcessMemoryInfo");
    return used.PeakWorkingSetSize > 0 ? nullptr : "the system forgets it when a process ends";
}

} // namespace

const char *missing_here(Feature feature) {
    switch (feature) {
    case Feature::polite_signals: return missing_polite_signals();
    case Feature::peak_memory: return missing_peak_memory();
    default: return nullptr;
    }
}

} // namespace support
