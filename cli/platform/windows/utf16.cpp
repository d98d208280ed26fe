#include "cli/platform/windows/utf16.hpp"

#include <algorithm>
#include <cstdint>

namespace backchat::cli {

namespace {

constexpr wchar_t replacement = 0xfffd;

bool is_high(wchar_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low(wchar_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// Bits 0 to 5 behind `shift`, as a byte that goes on.
char following(std::uint32_t code, unsigned shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3f)); }

void append_utf8(std::string &to, std::uint32_t code) {
    if (code < 0x80) {
        to += static_cast<char>(code);
    } else if (code < 0x800) {
        to += {static_cast<char>(0xc0 | (code >> 6)), following(code, 0)};
    } else if (code < 0x10000) {
        to += {static_cast<char>(0xe0 | (code >> 12)), following(code, 6), following(code, 0)};
    } else {
        to += {static_cast<char>(0xf0 | (code >> 18)), following(code, 12), following(code, 6), following(code, 0)};
    }
}

void append_utf16(std::wstring &to, std::uint32_t code) {
    if (code < 0x10000) {
        to += static_cast<wchar_t>(code);
    } else {
        to += static_cast<wchar_t>(0xd800 + ((code - 0x10000) >> 10));
        to += static_cast<wchar_t>(0xdc00 + ((code - 0x10000) & 0x3ff));
    }
}

/// The length that a character with this first byte has; 0: no character begins so.
std::size_t length_by(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    if (first >= 0xf0 && first < 0xf5) return 4;
    return 0;
}

/// Whether `second` can stand behind `first`: no number has a form longer than it needs, or is above U+10FFFF.
/// Surrogates pass: to_utf8() makes such.
bool goes_on(unsigned char first, unsigned char second) {
    if (first == 0xe0) return second >= 0xa0 && second < 0xc0;
    if (first == 0xf0) return second >= 0x90 && second < 0xc0;
    if (first == 0xf4) return second >= 0x80 && second < 0x90;
    return second >= 0x80 && second < 0xc0;
}

/// What stands at the beginning of a text.
struct Decoded {
    std::size_t bytes;  // that belong together
    std::size_t wanted; // how many the whole character has; 0: this begins none
    std::uint32_t code;
};

Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t wanted = length_by(byte(0));
    if (wanted < 2) return {1, wanted, byte(0)};
    std::uint32_t code = byte(0) & (0x7fU >> wanted);
    std::size_t bytes = 1;
    for (; bytes < std::min(wanted, text.size()); ++bytes) {
        const bool fits = bytes == 1 ? goes_on(byte(0), byte(1)) : byte(bytes) >= 0x80 && byte(bytes) < 0xc0;
        if (!fits) return {bytes, 0, 0};
        code = code << 6 | (byte(bytes) & 0x3fU);
    }
    return {bytes, wanted, code};
}

} // namespace

std::string to_utf8(std::wstring_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t code = text[i];
        if (is_high(text[i]) && i + 1 < text.size() && is_low(text[i + 1]))
            code = 0x10000 + ((code - 0xd800U) << 10) + (static_cast<std::uint32_t>(text[++i]) - 0xdc00U);
        append_utf8(result, code);
    }
    return result;
}

std::wstring to_utf16(std::string_view text) {
    std::wstring result;
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (next.bytes == next.wanted) append_utf16(result, next.code);
        else result += replacement;
        text.remove_prefix(next.bytes);
    }
    return result;
}

std::size_t unfinished_bytes(std::string_view text) {
    constexpr std::size_t longest = 3;
    for (std::size_t size = std::min(longest, text.size()); size > 0; --size) {
        const Decoded last = decode(text.substr(text.size() - size));
        if (last.bytes == size && last.wanted > size) return size;
    }
    return 0;
}

} // namespace backchat::cli
