#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backchat::cli {

/// Gives UTF-16 as UTF-8. A surrogate without its other half becomes the three bytes that such a number would have, so
/// that any name or argument of Windows' has a form that to_utf16() turns back.
std::string to_utf8(std::wstring_view text);

/// Gives UTF-8 as UTF-16; what is no UTF-8 as U+FFFD.
std::wstring to_utf16(std::string_view text);

/// Gives how many bytes at the end of `text` are the beginning of a character.
std::size_t unfinished_bytes(std::string_view text);

} // namespace backchat::cli
