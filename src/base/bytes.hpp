#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace backchat::base {

/// The same memory, seen as text or as bytes.
inline std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

inline std::span<const std::byte> as_span(std::string_view text) { return std::as_bytes(std::span(text)); }

} // namespace backchat::base
