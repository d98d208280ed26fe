#pragma once

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace support {

/// Owns one of the test's own descriptors.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int number) : number_(number) {}
    UniqueFd(UniqueFd &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    UniqueFd &operator=(UniqueFd &&other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~UniqueFd() { reset(); }

    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }
    void reset() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_ = -1;
};

/// A pipe of the test's own, with flags of its choice.
struct DescriptorPipe {
    UniqueFd read;
    UniqueFd write;

    explicit DescriptorPipe(int flags = O_CLOEXEC) {
        int ends[2];
        if (::pipe2(ends, flags) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
        read = UniqueFd(ends[0]);
        write = UniqueFd(ends[1]);
    }
};

} // namespace support
