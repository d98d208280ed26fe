#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backchat::base {

/// Tells whether an exit code looks like one of Windows' status codes for an error: no program's own, but the reason
/// for which the system ended it.
///
/// Such a code has its two upper bits set and the fourth clear: 0xC… from the system, 0xE… from a language's
/// runtime. exit(-1) and its like, which programs do use, are none. The few others that ntstatus_words() knows are.
bool is_ntstatus(int code);

/// Gives "access violation" for 0xC0000005 and so on; empty for those that do not end programs as a rule.
std::string_view ntstatus_words(std::uint32_t status);

/// Gives "0xC0000005, access violation", or "0xC000ABCD" where there are no words.
std::string ntstatus_text(int code);

} // namespace backchat::base
