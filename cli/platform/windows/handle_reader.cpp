#include "cli/platform/handle_reader.hpp"

#include "cli/platform/windows/system.hpp"
#include "cli/platform/windows/utf16.hpp"

#include <cstddef>

namespace backchat::cli {

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10;
constexpr std::size_t console_read_size = 8192; // UTF-16 units; a line that is longer comes in pieces
constexpr wchar_t control_z = 0x1a;
constexpr DWORD look_again_ms = 10;

/// Who writes zero bytes to a pipe has not closed it.
bool is_open_pipe(HANDLE handle) {
    return GetFileType(handle) == FILE_TYPE_PIPE &&
           PeekNamedPipe(handle, nullptr, 0, nullptr, nullptr, nullptr) != FALSE;
}

std::string read_bytes(HANDLE handle, std::error_code &error) {
    std::string bytes(read_size, '\0');
    for (;;) {
        DWORD size = 0;
        if (ReadFile(handle, bytes.data(), static_cast<DWORD>(bytes.size()), &size, nullptr) != FALSE) {
            if (size == 0 && is_open_pipe(handle)) continue;
            bytes.resize(size);
            return bytes;
        }
        const DWORD reason = GetLastError();
        if (reason == ERROR_NO_DATA) { // somebody has set the pipe to PIPE_NOWAIT, and nothing tells of data
            Sleep(look_again_ms);
            continue;
        }
        if (reason != ERROR_BROKEN_PIPE && reason != ERROR_HANDLE_EOF) error = error_of(reason);
        return {};
    }
}

/// Every program takes such a line; those that read bytes would take the return for a part of it.
void end_line_with_newline_alone(std::wstring &text) {
    if (text.ends_with(L"\r\n")) text.erase(text.size() - 2, 1);
}

/// As ReadFile has it for who reads a console by bytes, Ctrl-Z at the beginning of a line is the end.
std::wstring read_console(HANDLE console, std::error_code &error) {
    std::wstring text(console_read_size, L'\0');
    for (;;) {
        DWORD size = 0;
        SetLastError(ERROR_SUCCESS);
        if (ReadConsoleW(console, text.data(), static_cast<DWORD>(text.size()), &size, nullptr) == FALSE) {
            error = last_error();
            return {};
        }
        // Ctrl-C ends the line that is being typed: the handler has heard of it, and another line follows.
        if (size == 0 && GetLastError() == ERROR_OPERATION_ABORTED) continue;
        text.resize(size);
        end_line_with_newline_alone(text);
        return size == 0 || text.front() == control_z ? std::wstring() : text;
    }
}

} // namespace

std::string HandleReader::read(std::error_code &error) {
    if (!is_console(native(handle_))) return read_bytes(native(handle_), error);
    std::wstring text(unfinished_.begin(), unfinished_.end());
    unfinished_.clear();
    do {
        const std::wstring more = read_console(native(handle_), error);
        if (more.empty()) return {};
        text += more;
    } while (text.size() == 1 && (text.back() & 0xfc00) == 0xd800);
    if ((text.back() & 0xfc00) == 0xd800) {
        unfinished_.assign(1, text.back());
        text.pop_back();
    }
    return to_utf8(text);
}

} // namespace backchat::cli
