#include "cli/platform/handle_writer.hpp"

#include "cli/platform/windows/system.hpp"
#include "cli/platform/windows/utf16.hpp"

#include <algorithm>
#include <cstddef>

namespace backchat::cli {

namespace {

constexpr std::size_t largest_write = std::size_t{1} << 20;
constexpr std::size_t largest_console_write =
    8192; // UTF-16 units; what a console takes is bounded by a heap of its own
constexpr DWORD look_again_ms = 10;

std::error_code write_bytes(HANDLE handle, std::string_view data) {
    while (!data.empty()) {
        DWORD written = 0;
        const auto size = static_cast<DWORD>(std::min(data.size(), largest_write));
        if (WriteFile(handle, data.data(), size, &written, nullptr) == FALSE) return last_error();
        data.remove_prefix(written);
        // A pipe that somebody has set to PIPE_NOWAIT takes nothing when it is full, and nothing tells of room.
        if (written == 0) Sleep(look_again_ms);
    }
    return {};
}

std::error_code write_text(HANDLE console, std::wstring_view text) {
    while (!text.empty()) {
        std::wstring_view piece = text.substr(0, largest_console_write);
        // The two halves of a character go together.
        const bool splits = piece.size() < text.size() && (piece.back() & 0xfc00) == 0xd800;
        if (splits) piece.remove_suffix(1);
        DWORD written = 0;
        if (WriteConsoleW(console, piece.data(), static_cast<DWORD>(piece.size()), &written, nullptr) == FALSE)
            return last_error();
        text.remove_prefix(std::min<std::size_t>(written, text.size()));
    }
    return {};
}

} // namespace

std::error_code HandleWriter::write_all(std::string_view data) {
    if (!is_console(native(handle_))) return write_bytes(native(handle_), data);
    unfinished_ += data;
    const std::string rest = unfinished_.substr(unfinished_.size() - unfinished_bytes(unfinished_));
    unfinished_.resize(unfinished_.size() - rest.size());
    const std::wstring text = to_utf16(unfinished_);
    unfinished_ = rest;
    return write_text(native(handle_), text);
}

} // namespace backchat::cli
