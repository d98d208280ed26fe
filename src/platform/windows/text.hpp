#pragma once

#include <string>
#include <string_view>

namespace backchat::platform {

/// UTF-8 as the rest of the library has text, to UTF-16 as Windows has it, and back. Lone surrogates, which Windows
/// allows in names, survive.
/// On error: throws std::system_error (illegal_byte_sequence) for what is no UTF-8.
std::wstring to_wide(std::string_view text);
std::string to_utf8(std::wstring_view text);

} // namespace backchat::platform
