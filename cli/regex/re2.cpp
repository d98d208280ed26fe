#include "cli/regular_expression.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cstdint>
#include <string>

namespace backchat::cli {

namespace {

constexpr std::int64_t regex_memory = std::int64_t{64} << 20;

RE2::Options quiet_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(regex_memory);
    return options;
}

} // namespace

class RegularExpression::Impl {
public:
    explicit Impl(std::string_view pattern) : regex_(fmt::format("(?m:{})", pattern), quiet_options()) {}

    const RE2 &regex() const { return regex_; }

private:
    RE2 regex_;
};

RegularExpression::RegularExpression(std::string_view pattern) {
    // The pattern alone decides, and is what the error is about: "a)(b" would pass inside of our brackets.
    if (const RE2 alone(re2::StringPiece(pattern.data(), pattern.size()), quiet_options()); !alone.ok())
        throw InvalidRegularExpression(fmt::format("{} in the regular expression; see RE2's syntax", alone.error()));
    impl_ = std::make_shared<const Impl>(pattern);
}

std::optional<std::size_t> RegularExpression::end_of_match(std::string_view text, std::size_t from) const {
    const re2::StringPiece all(text.data(), text.size());
    re2::StringPiece match;
    if (!impl_->regex().Match(all, from, all.size(), RE2::UNANCHORED, &match, 1)) return std::nullopt;
    return static_cast<std::size_t>(match.data() - text.data()) + match.size();
}

std::string_view RegularExpression::library() { return "RE2"; }

} // namespace backchat::cli
