#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace backchat::base {

/// UTF-8 as UTF-16 and back. A surrogate without its partner, which Windows lets stand in names, arguments and
/// variables, is three bytes on our side (ED A0 80 to ED BF BF) and survives both ways.

/// Gives `text` in UTF-16. Empty: it is no UTF-8, and utf8_fault() says where.
///
/// Each text of ours stands for one of Windows' and the other way round: to_utf8(*to_utf16(text)) == text. Forms that
/// are longer than need be are refused for that, and so are the two halves of a pair one by one.
std::optional<std::u16string> to_utf16(std::string_view text);

/// Gives `text` in UTF-8. Every sequence of units has one.
std::string to_utf8(std::u16string_view text);

/// Gives the offset of the first byte that cannot stand where it does; empty when to_utf16() takes the text.
std::optional<std::size_t> utf8_fault(std::string_view text);

} // namespace backchat::base
