#pragma once

/// A stream of bytes in which every place looks different, so that a lost, doubled or swapped piece shows. The children
/// write it and the tests compare it.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pattern {

inline std::uint64_t word(std::uint64_t index) { return (index + 1) * 0x9E3779B97F4A7C15u; }

inline unsigned char byte(std::uint64_t offset) {
    return static_cast<unsigned char>(word(offset / 8) >> (offset % 8 * 8));
}

/// Writes the bytes [offset, offset + size) of the stream to `to`.
inline void fill(void *to, std::size_t size, std::uint64_t offset) {
    auto *out = static_cast<unsigned char *>(to);
    for (; size > 0 && offset % 8 != 0; --size) *out++ = byte(offset++);
    for (; size >= 8; size -= 8, offset += 8, out += 8) {
        const std::uint64_t value = word(offset / 8);
        std::memcpy(out, &value, 8); // the order of byte() on a little-endian machine, as all of ours are
    }
    for (; size > 0; --size) *out++ = byte(offset++);
}

/// FNV-1a, the sum by which counts_stdin says what it has read.
class Checksum {
public:
    void add(const void *data, std::size_t size) {
        const auto *from = static_cast<const unsigned char *>(data);
        for (std::size_t i = 0; i < size; ++i) sum_ = (sum_ ^ from[i]) * 0x100000001b3u;
    }
    std::uint64_t sum() const { return sum_; }

private:
    std::uint64_t sum_ = 0xcbf29ce484222325u;
};

} // namespace pattern
