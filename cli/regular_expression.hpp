#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace backchat::cli {

/// The text is no regular expression, or this build has none at all. what() says why.
class InvalidRegularExpression : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// A regular expression for what a child says: ^ and $ match at the ends of lines.
/// Threads: a value that does not change.
class RegularExpression {
public:
    /// Throws InvalidRegularExpression.
    explicit RegularExpression(std::string_view pattern);

    /// Looks for the first match in text[from, …), which sees what stands before; gives where it ends.
    std::optional<std::size_t> end_of_match(std::string_view text, std::size_t from) const;

    /// Gives the name of the library that this build has for them, or "none".
    static std::string_view library();

private:
    class Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace backchat::cli
