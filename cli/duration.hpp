#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace backchat::cli {

/// The text is no duration. what() says why, and how to write one.
class InvalidDuration : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// Reads a number with a unit: 500ms, 2s, 1.5m, 1h; without a unit it means seconds. Zero is a duration.
/// Throws InvalidDuration.
std::chrono::nanoseconds parse_duration(std::string_view text);

/// Gives the shortest form that parse_duration reads back: "500ms", "1.5s", "2m".
std::string format_duration(std::chrono::nanoseconds duration);

} // namespace backchat::cli
