#include "cli/regular_expression.hpp"

namespace backchat::cli {

class RegularExpression::Impl {};

RegularExpression::RegularExpression(std::string_view) {
    throw InvalidRegularExpression(
        "this build of backchat has no regular expressions; use expect with a plain text, or "
        "a build with RE2 (see 'backchat --version')");
}

/// There is no object to call it with.
std::optional<std::size_t> RegularExpression::end_of_match(std::string_view, std::size_t) const { return std::nullopt; }

std::string_view RegularExpression::library() { return "none"; }

} // namespace backchat::cli
