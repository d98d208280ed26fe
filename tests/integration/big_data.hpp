#pragma once

#include "../children/pattern.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

inline constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// Gives the first `size` bytes of the pattern that the children write.
inline std::string pattern_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    pattern::fill(bytes.data(), size, 0);
    return bytes;
}

/// Compares without printing megabytes: says where the first difference is.
inline testing::AssertionResult same_bytes(std::string_view expected, std::string_view seen) {
    const auto [left, right] = std::mismatch(expected.begin(), expected.end(), seen.begin(), seen.end());
    if (left == expected.end() && right == seen.end()) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "expected " << expected.size() << " bytes, seen " << seen.size()
                                       << ", first difference at " << (left - expected.begin());
}

/// Takes the pattern piece by piece, and says where it goes wrong.
class PatternReader {
public:
    void take(std::string_view piece) {
        expected_.resize(piece.size());
        pattern::fill(expected_.data(), expected_.size(), count_);
        if (!wrong_ && expected_ != piece) wrong_ = true, wrong_at_ = count_;
        count_ += piece.size();
    }
    std::uint64_t count() const { return count_; }
    testing::AssertionResult intact() const {
        if (!wrong_) return testing::AssertionSuccess();
        return testing::AssertionFailure() << "the piece at " << wrong_at_ << " is not what was written there";
    }

private:
    std::string expected_;
    std::uint64_t count_ = 0;
    std::uint64_t wrong_at_ = 0;
    bool wrong_ = false;
};

} // namespace integration
