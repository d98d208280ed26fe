#include "support/process_table.hpp"

#include "support/native_handle.hpp"
#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

namespace support {
namespace {

/// All that we start is born in it, and in the jobs that the library nests into it. It does not end them with us: how
/// the library does that is what is tested.
UniqueHandle our_job;

/// Calls `look` with each entry of a snapshot of all processes.
template <class Look>
void for_each_process(Look look) {
    const UniqueHandle snapshot(as_native(::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)));
    PROCESSENTRY32W entry = {};
    entry.dwSize = sizeof entry;
    for (BOOL more = ::Process32FirstW(as_handle(snapshot.get()), &entry); more;
         more = ::Process32NextW(as_handle(snapshot.get()), &entry)) {
        look(entry);
    }
}

/// Whether the system runs this thread for a pool of its own: such a one begins inside of ntdll.
bool is_the_systems(DWORD thread) {
    constexpr auto win32_start_address = static_cast<THREADINFOCLASS>(9);
    const UniqueHandle handle(as_native(::OpenThread(THREAD_QUERY_INFORMATION, FALSE, thread)));
    void *start = nullptr;
    if (::NtQueryInformationThread(as_handle(handle.get()), win32_start_address, &start, sizeof start, nullptr) < 0) {
        return false;
    }
    HMODULE module = nullptr;
    constexpr DWORD by_address = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    ::GetModuleHandleExW(by_address, static_cast<const wchar_t *>(start), &module);
    // One that is about to begin or to end has no beginning.
    return start == nullptr || (module != nullptr && module == ::GetModuleHandleW(L"ntdll"));
}

/// What the system starts by itself behind a program that has no console to share, or, with Wine, that is the first to
/// look for windows.
bool belongs_to_the_system(const ProcessEntry &entry) {
    return entry.command == "conhost.exe" || entry.command == "explorer.exe";
}

} // namespace

ProcessEntry look_at(std::int64_t pid) {
    ProcessEntry entry;
    entry.pid = pid;
    const auto number = static_cast<DWORD>(pid);
    const HANDLE process = ::OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number);
    if (!process) return entry;
    // One that has ended has a number as long as somebody has a handle for it; that is no zombie, and nobody's to reap.
    const bool runs = ::WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    ::CloseHandle(process);
    if (!runs) return entry;
    entry.state = 'R';
    for_each_process([&](const PROCESSENTRY32W &each) {
        if (each.th32ProcessID != number) return;
        entry.parent = each.th32ParentProcessID;
        entry.command = narrow(each.szExeFile);
    });
    return entry;
}

std::vector<ProcessEntry> children_of_ours() {
    // The parent's number alone says little: it may have been another's before, and the system starts some in our name.
    auto children = marked_descendants();
    std::erase_if(children, [](const ProcessEntry &entry) {
        return entry.parent != static_cast<std::int64_t>(::GetCurrentProcessId());
    });
    return children;
}

void mark_descendants() {
    our_job = UniqueHandle(as_native(::CreateJobObjectW(nullptr, nullptr)));
    if (!::AssignProcessToJobObject(as_handle(our_job.get()), ::GetCurrentProcess())) {
        throw_last_error("AssignProcessToJobObject");
    }
}

std::vector<ProcessEntry> marked_descendants() {
    struct {
        DWORD all, listed;
        ULONG_PTR pids[4096];
    } list = {};
    if (!::QueryInformationJobObject(as_handle(our_job.get()), JobObjectBasicProcessIdList, &list, sizeof list,
                                     nullptr)) {
        throw_last_error("QueryInformationJobObject");
    }
    std::vector<ProcessEntry> marked;
    for (DWORD i = 0; i < list.listed; ++i) {
        const auto pid = static_cast<std::int64_t>(list.pids[i]);
        if (pid == static_cast<std::int64_t>(::GetCurrentProcessId())) continue;
        if (auto entry = look_at(pid); entry.alive() && !belongs_to_the_system(entry))
            marked.push_back(std::move(entry));
    }
    return marked;
}

void kill_process(std::int64_t pid) {
    const HANDLE process = ::OpenProcess(PROCESS_TERMINATE, FALSE, static_cast<DWORD>(pid));
    if (!process) return;
    ::TerminateProcess(process, 137);
    ::CloseHandle(process);
}

std::set<std::int64_t> threads() {
    std::set<std::int64_t> numbers;
    const UniqueHandle snapshot(as_native(::CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0)));
    THREADENTRY32 entry = {};
    entry.dwSize = sizeof entry;
    for (BOOL more = ::Thread32First(as_handle(snapshot.get()), &entry); more;
         more = ::Thread32Next(as_handle(snapshot.get()), &entry)) {
        if (entry.th32OwnerProcessID != ::GetCurrentProcessId()) continue;
        if (!is_the_systems(entry.th32ThreadID)) numbers.insert(entry.th32ThreadID);
    }
    return numbers;
}

} // namespace support
