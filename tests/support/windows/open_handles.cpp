#include "support/windows/open_handles.hpp"

#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

#include <cstddef>
#include <vector>

namespace support {
namespace {

/// As NtQuerySystemInformation gives them; the headers have the older ones alone, whose process numbers are too short.
struct HandleEntry {
    void *object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access;
    USHORT trace;
    USHORT type;
    ULONG attributes;
    ULONG reserved;
};
struct HandleList {
    ULONG_PTR count;
    ULONG_PTR reserved;
    HandleEntry entries[1];
};

constexpr int extended_handle_information = 64;
constexpr NTSTATUS too_short = static_cast<NTSTATUS>(0xC0000004);

std::vector<std::byte> all_handles_of_the_system() {
    // The headers' enumeration has no room for this number.
    using Query = NTSTATUS(NTAPI *)(int, void *, ULONG, ULONG *);
    static const auto query = reinterpret_cast<Query>(
        reinterpret_cast<void *>(::GetProcAddress(::GetModuleHandleW(L"ntdll"), "NtQuerySystemInformation")));
    std::vector<std::byte> list(1 << 20);
    NTSTATUS status;
    while ((status = query(extended_handle_information, list.data(), static_cast<ULONG>(list.size()), nullptr)) ==
           too_short) {
        list.resize(list.size() * 2);
    }
    if (status < 0) throw std::system_error(status, std::generic_category(), "NtQuerySystemInformation");
    return list;
}

std::string type_of(HANDLE handle) {
    alignas(PUBLIC_OBJECT_TYPE_INFORMATION) std::byte buffer[1024] = {};
    if (::NtQueryObject(handle, ObjectTypeInformation, buffer, sizeof buffer, nullptr) < 0) return {};
    const auto &name = reinterpret_cast<const PUBLIC_OBJECT_TYPE_INFORMATION *>(buffer)->TypeName;
    return narrow({name.Buffer, name.Length / sizeof(wchar_t)});
}

/// Ours are files (pipes among them), processes, jobs, completion ports and mappings. The thread pool and the C++
/// runtime come by the others when they first need them, and keep them: a std::mutex has an event once two threads have
/// met at it, and no destructor that would close it. A window station and a desktop come with user32.dll, once.
bool may_be_ours(const std::string &type) {
    for (const char *each : {"File", "Process", "Job", "IoCompletion", "Section"}) {
        if (type == each) return true;
    }
    return false;
}

} // namespace

std::map<std::uintptr_t, std::string> open_handles() {
    const auto bytes = all_handles_of_the_system();
    const auto &list = *reinterpret_cast<const HandleList *>(bytes.data());
    std::map<std::uintptr_t, std::string> ours;
    for (ULONG_PTR i = 0; i < list.count; ++i) {
        const HandleEntry &entry = list.entries[i];
        if (entry.process != ::GetCurrentProcessId()) continue;
        const auto type = type_of(as_handle(static_cast<std::intptr_t>(entry.handle)));
        if (may_be_ours(type)) ours[entry.handle] = type;
    }
    return ours;
}

} // namespace support
