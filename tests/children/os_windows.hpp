#pragma once

/// What os.hpp declares, for Windows.

#include "os.hpp"

#include <string>
#include <vector>

#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <windows.h>
#include <winternl.h>

namespace os {

/// The C runtime reads and writes bytes as they are, not lines.
inline const bool binary = [] {
    for (const int descriptor : {in, out, err}) ::_setmode(descriptor, _O_BINARY);
    return true;
}();

inline HANDLE handle_at(int descriptor) {
    const auto value = ::_get_osfhandle(descriptor);
    // -2 stands for a standard stream that there is not.
    return value == -2 ? INVALID_HANDLE_VALUE : reinterpret_cast<HANDLE>(value); // NOLINT(performance-no-int-to-ptr)
}

inline long read_some(int descriptor, void *buffer, std::size_t size) {
    return ::_read(descriptor, buffer, static_cast<unsigned>(size));
}

inline long write_some(int descriptor, const void *data, std::size_t size) {
    return ::_write(descriptor, data, static_cast<unsigned>(size));
}

/// The C runtime may have a copy of a standard handle, and then closes no more than that.
inline void close(int descriptor) {
    constexpr DWORD names[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    const HANDLE standard = descriptor < 3 ? ::GetStdHandle(names[descriptor]) : nullptr;
    ::_close(descriptor);
    DWORD flags = 0;
    if (standard && ::GetHandleInformation(standard, &flags)) ::CloseHandle(standard);
}

/// A number that was never given is asked about: the C runtime must not end us for it.
inline bool is_open(int descriptor) {
    const auto before =
        ::_set_invalid_parameter_handler([](const wchar_t *, const wchar_t *, const wchar_t *, unsigned, uintptr_t) {});
    const bool open = handle_at(descriptor) != INVALID_HANDLE_VALUE;
    ::_set_invalid_parameter_handler(before);
    return open;
}

/// Gives UTF-8, in which half of a surrogate pair is written as if it were a character.
inline std::string utf8(const wchar_t *text) {
    std::string bytes;
    const auto add = [&bytes](unsigned long code, int more, unsigned lead) {
        bytes += static_cast<char>(lead | (code >> (6 * more)));
        while (more-- > 0) bytes += static_cast<char>(0x80 | ((code >> (6 * more)) & 0x3f));
    };
    for (; *text; ++text) {
        unsigned long code = *text;
        const bool pair = (code & 0xfc00) == 0xd800 && (text[1] & 0xfc00) == 0xdc00;
        if (pair) code = 0x10000 + ((code & 0x3ff) << 10) + (*++text & 0x3ff);
        if (code < 0x80) bytes += static_cast<char>(code);
        else if (code < 0x800) add(code, 1, 0xc0);
        else if (code < 0x10000) add(code, 2, 0xe0);
        else add(code, 3, 0xf0);
    }
    return bytes;
}

/// Gives copies that live as long as the program.
inline char **as_list(const std::vector<std::string> &texts) {
    auto **list = new char *[texts.size() + 1];
    std::size_t count = 0;
    for (const auto &text : texts) list[count++] = ::_strdup(text.c_str());
    list[count] = nullptr;
    return list;
}

extern "C" int __wgetmainargs(int *, wchar_t ***, wchar_t ***, int, int *);

/// Split by the C runtime, as those of any program are.
inline char **arguments(char **) {
    int count = 0, new_mode = 0;
    wchar_t **wide = nullptr, **variables = nullptr;
    if (__wgetmainargs(&count, &wide, &variables, 0, &new_mode) != 0) std::exit(3);
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) texts.push_back(utf8(wide[i]));
    return as_list(texts);
}

/// Left out: what begins with '=', which is cmd.exe's own.
inline char **environment() {
    std::vector<std::string> texts;
    wchar_t *block = ::GetEnvironmentStringsW();
    for (const wchar_t *entry = block; *entry; entry += ::wcslen(entry) + 1) {
        if (*entry != L'=') texts.push_back(utf8(entry));
    }
    ::FreeEnvironmentStringsW(block);
    return as_list(texts);
}

inline bool working_directory(char *path, std::size_t size) {
    wchar_t wide[32768];
    if (::GetCurrentDirectoryW(32768, wide) == 0) return false;
    const std::string text = utf8(wide);
    return static_cast<std::size_t>(std::snprintf(path, size, "%s", text.c_str())) < size;
}

inline void ignore_broken_pipes() {} // a write just fails

inline void ignore_polite_signals() {
    ::SetConsoleCtrlHandler([](DWORD) -> BOOL { return TRUE; }, TRUE);
}

inline HANDLE polite_signal() {
    static const HANDLE event = ::CreateEventW(nullptr, FALSE, FALSE, nullptr);
    return event;
}

/// Only Ctrl-C interrupts; it does not reach a process group of its own, which gets Ctrl-Break for either.
inline bool &interrupted() {
    static bool value = false;
    return value;
}

inline void catch_polite_signals() {
    polite_signal();
    ::SetConsoleCtrlHandler(
        [](DWORD kind) -> BOOL {
            interrupted() = kind == CTRL_C_EVENT;
            return ::SetEvent(polite_signal());
        },
        TRUE);
}

inline PoliteSignal wait_for_polite_signal() {
    ::WaitForSingleObject(polite_signal(), INFINITE);
    return interrupted() ? PoliteSignal::interrupt : PoliteSignal::terminate;
}

inline long pipe_capacity(int descriptor) {
    DWORD to_us = 0, from_us = 0;
    if (!::GetNamedPipeInfo(handle_at(descriptor), nullptr, &from_us, &to_us, nullptr)) return -1;
    return static_cast<long>(from_us > to_us ? from_us : to_us);
}

inline bool may_run_on(unsigned processor) {
    DWORD_PTR ours = 0, all = 0;
    return processor < 64 && ::GetProcessAffinityMask(::GetCurrentProcess(), &ours, &all) && (ours >> processor & 1);
}

inline long processor_milliseconds() {
    FILETIME made, ended, in_kernel, in_program;
    if (!::GetProcessTimes(::GetCurrentProcess(), &made, &ended, &in_kernel, &in_program)) return 0;
    const auto milliseconds = [](const FILETIME &time) { // from units of 100 ns
        return static_cast<long>((static_cast<unsigned long long>(time.dwHighDateTime) << 32 | time.dwLowDateTime) /
                                 10000);
    };
    return milliseconds(in_kernel) + milliseconds(in_program);
}

[[noreturn]] inline void kill_self() {
    for (;;) ::TerminateProcess(::GetCurrentProcess(), 137);
}

inline void end_in_five_minutes() {
    const auto sleeper = [](void *) -> unsigned {
        ::Sleep(300000);
        kill_self();
    };
    const auto thread = ::_beginthreadex(nullptr, 0, sleeper, nullptr, 0, nullptr);
    ::CloseHandle(reinterpret_cast<HANDLE>(thread)); // NOLINT(performance-no-int-to-ptr)
}

/// What NtQueryInformationFile says of a pipe; the SDK's headers leave it to the driver kit's.
struct PipeInformation {
    ULONG type, configuration, max_instances, instances, in_quota, readable, out_quota, writable, state, end;
};

/// Whether the pipe has no other side any more; what is no pipe has none.
inline bool hung_up(int descriptor) {
    constexpr ULONG connected = 3;
    constexpr auto local_information = static_cast<FILE_INFORMATION_CLASS>(24);
    PipeInformation pipe = {};
    IO_STATUS_BLOCK status = {};
    const NTSTATUS code =
        ::NtQueryInformationFile(handle_at(descriptor), &status, &pipe, sizeof pipe, local_information);
    return code < 0 || pipe.state != connected;
}

/// There is nothing to wait for: a pipe tells its end to those alone who read or write.
inline bool hangup_within(int descriptor, int milliseconds) {
    const ULONGLONG end = ::GetTickCount64() + static_cast<ULONGLONG>(milliseconds);
    while (!hung_up(descriptor)) {
        if (::GetTickCount64() >= end) return false;
        ::Sleep(2);
    }
    return true;
}

inline void wait_for_hangup(int descriptor) {
    end_in_five_minutes();
    while (!hung_up(descriptor)) ::Sleep(2);
}

[[noreturn]] inline void wait_to_be_killed() {
    end_in_five_minutes();
    for (;;) ::Sleep(INFINITE);
}

/// Our descriptors as the C runtime hands them to a child of the same runtime: a count, a flag for each, the handles.
inline std::vector<char> descriptor_block() {
    constexpr int count = 16;
    constexpr unsigned char used = 0x01, pipe = 0x08, device = 0x40;
    std::vector<char> block(sizeof count + count * (1 + sizeof(HANDLE)));
    std::memcpy(block.data(), &count, sizeof count);
    for (int number = 0; number < count; ++number) {
        const HANDLE handle = is_open(number) ? handle_at(number) : INVALID_HANDLE_VALUE;
        const DWORD type = handle == INVALID_HANDLE_VALUE ? FILE_TYPE_UNKNOWN : ::GetFileType(handle);
        unsigned char flags = handle == INVALID_HANDLE_VALUE ? 0 : used;
        if (type == FILE_TYPE_PIPE) flags |= pipe;
        if (type == FILE_TYPE_CHAR) flags |= device;
        if (flags) ::SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
        std::memcpy(block.data() + sizeof count + number, &flags, 1);
        std::memcpy(block.data() + sizeof count + count + static_cast<std::size_t>(number) * sizeof handle, &handle,
                    sizeof handle);
    }
    return block;
}

inline PROCESS_INFORMATION create(std::string command, DWORD flags) {
    std::vector<char> block = descriptor_block();
    STARTUPINFOA startup = {};
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = is_open(in) ? handle_at(in) : INVALID_HANDLE_VALUE;
    startup.hStdOutput = is_open(out) ? handle_at(out) : INVALID_HANDLE_VALUE;
    startup.hStdError = is_open(err) ? handle_at(err) : INVALID_HANDLE_VALUE;
    startup.cbReserved2 = static_cast<WORD>(block.size());
    startup.lpReserved2 = reinterpret_cast<BYTE *>(block.data());
    PROCESS_INFORMATION made = {};
    if (!::CreateProcessA(nullptr, command.data(), nullptr, nullptr, TRUE, flags, nullptr, nullptr, &startup, &made)) {
        std::exit(3);
    }
    ::CloseHandle(made.hThread);
    return made;
}

inline constexpr const char *go_between = "BACKCHAT_CHILD_IS_GO_BETWEEN";

/// An orphan's parent is this program once more: before main() it starts itself again, with the same command line and
/// without the mark, and ends with the number as its exit code.
inline const bool was_go_between = [] {
    if (::GetEnvironmentVariableA(go_between, nullptr, 0) == 0) return false;
    ::SetEnvironmentVariableA(go_between, nullptr);
    ::ExitProcess(create(::GetCommandLineA(), 0).dwProcessId);
}();

inline long start(const char *program, char *const arguments[], Place place) {
    std::string command;
    for (char *const *argument = arguments; *argument; ++argument) {
        command += (command.empty() ? "\"" : " \"") + std::string(*argument == *arguments ? program : *argument) + '"';
    }
    DWORD flags = 0;
    if (place == Place::own_group) flags = CREATE_NEW_PROCESS_GROUP;
    if (place == Place::own_session) flags = CREATE_NEW_PROCESS_GROUP | DETACHED_PROCESS;
    if (place == Place::orphaned) ::SetEnvironmentVariableA(go_between, "1");
    const PROCESS_INFORMATION made = create(command, flags);
    DWORD number = made.dwProcessId;
    if (place == Place::orphaned) {
        ::SetEnvironmentVariableA(go_between, nullptr);
        ::WaitForSingleObject(made.hProcess, INFINITE);
        ::GetExitCodeProcess(made.hProcess, &number);
    }
    ::CloseHandle(made.hProcess);
    return static_cast<long>(number);
}

} // namespace os
