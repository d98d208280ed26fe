#pragma once

#include <string_view>

namespace backchat::cli {

/// Writes `text` to our stdout. Throws std::runtime_error that says what stdout is like.
void print(std::string_view text);

} // namespace backchat::cli
