#include "support/leak_guard.hpp"
#include "support/process_table.hpp"
#include "support/windows/open_handles.hpp"
#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

#include <set>
#include <string>

namespace support {
namespace {

using Lines = std::set<std::string>;

std::string describe(const char *what, const ProcessEntry &entry) {
    return std::string(what) + ' ' + std::to_string(entry.pid) + " (" + entry.command + ")";
}

void add_processes(Lines &lines) {
    const auto own = static_cast<std::int64_t>(::GetCurrentProcessId());
    for (const auto &entry : marked_descendants()) {
        lines.insert(describe(entry.parent == own ? "child" : "descendant", entry));
    }
}

void add_handles(Lines &lines) {
    for (const auto &[handle, type] : open_handles()) {
        lines.insert("handle " + std::to_string(handle) + " of type " + type);
    }
}

void add_threads(Lines &lines) {
    for (const auto thread : threads()) lines.insert("thread " + std::to_string(thread));
}

void add_process_attributes(Lines &lines) {
    wchar_t directory[32768];
    if (::GetCurrentDirectoryW(32768, directory) > 0) lines.insert("working directory " + narrow(directory));
    lines.insert("error mode " + std::to_string(::GetErrorMode()));
    for (const DWORD which : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
        const auto handle = as_native(::GetStdHandle(which));
        DWORD flags = 0;
        ::GetHandleInformation(as_handle(handle), &flags);
        lines.insert("standard handle " + std::to_string(handle) + " with flags " + std::to_string(flags));
    }
}

} // namespace

void settle_system() {
    // Whoever asks for a window first gets a window station and a desktop; under Wine that starts explorer.exe, too.
    ::GetDesktopWindow();
}

Lines process_state() {
    Lines lines;
    add_handles(lines);
    add_threads(lines);
    add_processes(lines);
    add_process_attributes(lines);
    return lines;
}

} // namespace support
