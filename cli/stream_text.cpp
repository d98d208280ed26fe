#include "stream_text.hpp"

#include <algorithm>

namespace backchat::cli {

namespace {

constexpr std::size_t longest_tail = 2048;
constexpr std::size_t most_unexpected = std::size_t{16} << 20;

} // namespace

void StreamText::append(std::string_view bytes) {
    bytes_ += bytes;
    // Dropped by halves, since each time moves the rest.
    if (size() > 2 * most_unexpected) take(bytes_.size() - most_unexpected);
    tail_ += bytes.substr(bytes.size() - std::min(bytes.size(), longest_tail));
    if (tail_.size() > longest_tail) tail_.erase(0, tail_.size() - longest_tail);
}

bool StreamText::take_through(std::string_view text) {
    if (searched_for_ != text) {
        searched_for_ = text;
        searched_ = taken_;
    }
    const std::size_t found = bytes_.find(text, searched_);
    if (found == std::string::npos) {
        // It may have begun in what is there.
        searched_ = std::max(taken_, bytes_.size() - std::min(bytes_.size(), text.size() - 1));
        return false;
    }
    take(found + text.size());
    return true;
}

bool StreamText::take_through(const RegularExpression &regex) {
    const auto end = regex.end_of_match(bytes_, taken_);
    if (end) take(*end);
    return end.has_value();
}

void StreamText::take(std::size_t end) {
    const std::size_t kept = end > 0 ? end - 1 : 0;
    bytes_.erase(0, kept);
    taken_ = end - kept;
    searched_ = taken_;
}

} // namespace backchat::cli
