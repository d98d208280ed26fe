#pragma once

#include <string>
#include <string_view>

namespace backchat::base {

/// Gives the unit that Windows compares in place of `unit` where case does not count: one for one, the same in every
/// country. Letters whose upper case has come to Unicode after 3.2 are left as they are: Windows versions differ there.
char16_t upper_case(char16_t unit);

/// Gives `text` with each unit in upper case.
std::u16string upper_case(std::u16string_view text);

} // namespace backchat::base
