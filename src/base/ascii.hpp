#pragma once

#include <algorithm>
#include <string_view>

namespace backchat::base {

/// Text that means the same in upper and lower case, as far as ASCII goes: endings of file names, names of devices.

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_ascii_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

constexpr bool equal_but_for_case(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

constexpr bool ends_with_but_for_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equal_but_for_case(text.substr(text.size() - end.size()), end);
}

} // namespace backchat::base
