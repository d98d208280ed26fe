#include "duration.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace backchat::cli {

namespace {

using Seconds = std::chrono::duration<double>;
using Nanoseconds = std::chrono::duration<double, std::nano>;

constexpr std::string_view cure = "write a number with ms, s, m or h, such as 500ms, 2s or 1.5m";

std::optional<double> seconds_per(std::string_view unit) {
    if (unit.empty() || unit == "s") return 1.0;
    if (unit == "ms") return 0.001;
    if (unit == "m") return 60.0;
    if (unit == "h") return 3600.0;
    return std::nullopt;
}

/// Takes the number off the front of `text`.
double take_number(std::string_view &text) {
    // std::from_chars would also take inf, nan and a sign.
    const bool numeric = text.front() == '.' || (text.front() >= '0' && text.front() <= '9');
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (numeric && error == std::errc::result_out_of_range)
        throw InvalidDuration("it is out of range; " + std::string(cure));
    if (!numeric || error != std::errc{})
        throw InvalidDuration(fmt::format("it does not begin with a number; {}", cure));
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

} // namespace

std::chrono::nanoseconds parse_duration(std::string_view text) {
    if (text.empty()) throw InvalidDuration(fmt::format("it is empty; {}", cure));
    if (text.front() == '-') throw InvalidDuration(fmt::format("it is negative; {}", cure));
    const double number = take_number(text);
    const auto unit = seconds_per(text);
    if (!unit) throw InvalidDuration(fmt::format("unknown unit '{}'; {}", text, cure));
    const Nanoseconds exact = Seconds(number * *unit);
    if (!(exact < Nanoseconds(std::chrono::nanoseconds::max())))
        throw InvalidDuration("it is more than 292 years; write less");
    return std::chrono::nanoseconds(std::llround(exact.count()));
}

std::string format_duration(std::chrono::nanoseconds duration) {
    using namespace std::chrono_literals;
    const double seconds = Seconds(duration).count();
    if (duration != 0ns && duration < 1s) return fmt::format("{}ms", seconds * 1000);
    if (duration >= 1h && duration % 1h == 0ns) return fmt::format("{}h", duration / 1h);
    if (duration >= 1min && duration % 1min == 0ns) return fmt::format("{}m", duration / 1min);
    return fmt::format("{}s", seconds);
}

} // namespace backchat::cli
