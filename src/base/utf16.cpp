#include "base/utf16.hpp"

namespace backchat::base {
namespace {

constexpr bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

struct Decoded {
    char32_t point = 0;
    std::size_t length = 0; // in bytes; 0: these are no character
};

/// The first character that needs as many bytes.
constexpr char32_t smallest_of_length[] = {0, 0, 0x80, 0x800, 0x10000};

/// Decodes the first character of `text`, which may be a surrogate. Requires: text is not empty.
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};

    Decoded decoded;
    if (lead >= 0xC0 && lead <= 0xDF) decoded = {lead & 0x1FU, 2};
    else if (lead >= 0xE0 && lead <= 0xEF) decoded = {lead & 0x0FU, 3};
    else if (lead >= 0xF0 && lead <= 0xF7) decoded = {lead & 0x07U, 4};
    else return {};

    if (text.size() < decoded.length) return {};
    for (std::size_t i = 1; i < decoded.length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        decoded.point = decoded.point << 6 | (byte(i) & 0x3FU);
    }
    if (decoded.point < smallest_of_length[decoded.length] || decoded.point > 0x10FFFF) return {};
    return decoded;
}

void append_unit(std::u16string &to, char32_t unit) { to.push_back(static_cast<char16_t>(unit)); }

void append_utf16(std::u16string &to, char32_t point) {
    if (point < 0x10000) return append_unit(to, point);
    append_unit(to, 0xD800 + ((point - 0x10000) >> 10));
    append_unit(to, 0xDC00 + ((point - 0x10000) & 0x3FF));
}

void append_byte(std::string &to, char32_t byte) { to.push_back(static_cast<char>(static_cast<unsigned char>(byte))); }

void append_utf8(std::string &to, char32_t point) {
    if (point < 0x80) return append_byte(to, point);
    if (point < 0x800) append_byte(to, 0xC0 | point >> 6);
    else {
        if (point < 0x10000) append_byte(to, 0xE0 | point >> 12);
        else {
            append_byte(to, 0xF0 | point >> 18);
            append_byte(to, 0x80 | (point >> 12 & 0x3F));
        }
        append_byte(to, 0x80 | (point >> 6 & 0x3F));
    }
    append_byte(to, 0x80 | (point & 0x3F));
}

/// Calls `take` with each character. Gives the offset of the first byte that belongs to none.
template <class Take>
std::optional<std::size_t> each_character(std::string_view text, Take take) {
    bool after_high_surrogate = false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text.substr(at));
        if (decoded.length == 0 || (after_high_surrogate && is_low_surrogate(decoded.point))) return at;
        after_high_surrogate = is_high_surrogate(decoded.point);
        take(decoded.point);
        at += decoded.length;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::u16string> to_utf16(std::string_view text) {
    std::u16string units;
    units.reserve(text.size());
    if (each_character(text, [&](char32_t point) { append_utf16(units, point); })) return std::nullopt;
    return units;
}

std::string to_utf8(std::u16string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t point = text[i];
        if (is_high_surrogate(point) && i + 1 < text.size() && is_low_surrogate(text[i + 1])) {
            ++i;
            point = 0x10000 + ((point - 0xD800) << 10) + (text[i] - char32_t{0xDC00});
        }
        append_utf8(bytes, point);
    }
    return bytes;
}

std::optional<std::size_t> utf8_fault(std::string_view text) {
    return each_character(text, [](char32_t) {});
}

} // namespace backchat::base
