#pragma once

#include "regular_expression.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace backchat::cli {

/// What has arrived on one output of the child and was not yet expected by a step, and the last of all that arrived.
/// Of more than 16 MiB that nobody has expected, the oldest are dropped.
/// Threads: one at a time.
class StreamText {
public:
    void append(std::string_view bytes);

    /// Looks for `text`; when it is there, takes it and all before it.
    bool take_through(std::string_view text);
    /// The same for the first match of `regex`. It matches as soon as what has arrived does, though more might make
    /// the match longer.
    bool take_through(const RegularExpression &regex);

    /// Gives the number of bytes that no step has taken.
    std::size_t size() const { return bytes_.size() - taken_; }
    /// Gives the end of all that has arrived, taken or not.
    std::string_view tail() const { return tail_; }

private:
    void take(std::size_t end);

    // Of what was taken, the last byte may still be here: ^ in a regular expression looks at what stands before.
    std::string bytes_;
    std::size_t taken_ = 0;
    std::size_t searched_ = 0; // a literal that was not found needs no second search up to here
    std::string searched_for_;
    std::string tail_;
};

} // namespace backchat::cli
