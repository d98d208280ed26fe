#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace backchat::base {

/// Bytes in the order in which they came, taken from the front. Adding costs a copy, taking everything none.
class ByteQueue {
public:
    void append(std::string_view bytes) {
        if (taken_ > 0 && taken_ >= bytes_.size() / 2) compact();
        bytes_.append(bytes);
    }

    std::size_t size() const { return bytes_.size() - taken_; }
    bool empty() const { return size() == 0; }
    std::string_view view() const { return std::string_view(bytes_).substr(taken_); }

    /// Takes at most `max` bytes.
    std::string take(std::size_t max) {
        if (taken_ == 0 && max >= bytes_.size()) {
            if (!bytes_.empty()) ++front_changes_;
            return std::exchange(bytes_, {});
        }
        std::string front(view().substr(0, max));
        drop(front.size());
        return front;
    }

    /// Takes as many bytes as fit into `buffer`; gives their number.
    std::size_t take_into(std::span<std::byte> buffer) {
        const std::size_t n = size() < buffer.size() ? size() : buffer.size();
        if (n > 0) std::memcpy(buffer.data(), view().data(), n);
        drop(n);
        return n;
    }

    /// Puts bytes in front of all others.
    void prepend(std::string_view bytes) {
        ++front_changes_;
        if (bytes.size() <= taken_) {
            taken_ -= bytes.size();
            bytes_.replace(taken_, bytes.size(), bytes);
        } else {
            bytes_.replace(0, taken_, bytes);
            taken_ = 0;
        }
    }

    /// Takes `n` bytes without giving them. Requires: n <= size().
    void drop(std::size_t n) {
        if (n > 0) ++front_changes_;
        taken_ += n;
        if (taken_ == bytes_.size()) clear();
    }

    void clear() {
        if (!empty()) ++front_changes_;
        bytes_ = {};
        taken_ = 0;
    }

    /// Changes whenever view() begins elsewhere than before: who has searched it has to start over.
    std::size_t front_changes() const { return front_changes_; }

private:
    void compact() {
        bytes_.erase(0, taken_);
        taken_ = 0;
    }

    std::string bytes_;
    std::size_t taken_ = 0; // bytes at the front of bytes_ that are gone already
    std::size_t front_changes_ = 0;
};

} // namespace backchat::base
