#include "platform/windows/text.hpp"

#include "base/utf16.hpp"

#include <system_error>

namespace backchat::platform {

std::wstring to_wide(std::string_view text) {
    const auto units = base::to_utf16(text);
    if (!units) throw std::system_error(std::make_error_code(std::errc::illegal_byte_sequence));
    return {units->begin(), units->end()};
}

std::string to_utf8(std::wstring_view text) { return base::to_utf8(std::u16string(text.begin(), text.end())); }

} // namespace backchat::platform
