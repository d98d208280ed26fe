#pragma once

#include <string>
#include <string_view>

namespace support {

/// Gives UTF-16 of UTF-8. Bytes that are no UTF-8 give the replacement character.
std::wstring wide(std::string_view text);
/// Gives UTF-8 of UTF-16.
std::string narrow(std::wstring_view text);

} // namespace support
