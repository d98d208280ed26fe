#pragma once

#include <string_view>
#include <system_error>
#include <utility>

namespace backchat::cli {

/// Owns a descriptor of this process.
class UniqueDescriptor {
public:
    UniqueDescriptor() = default;
    explicit UniqueDescriptor(int number) : number_(number) {}
    UniqueDescriptor(UniqueDescriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    UniqueDescriptor &operator=(UniqueDescriptor &&other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~UniqueDescriptor();

    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_ = -1;
};

struct DescriptorPair {
    UniqueDescriptor read_end;
    UniqueDescriptor write_end;
};

/// Makes a close-on-exec pipe whose write end never waits. Throws std::system_error.
DescriptorPair make_pipe();

/// Writes all of `data`, waiting as long as it takes. Gives the first error.
///
/// Also serves a descriptor that somebody else has set to O_NONBLOCK (as ssh and node leave behind on a terminal): it
/// waits for room then, and never changes the flag, which is shared with other processes.
std::error_code write_all(int descriptor, std::string_view data);

/// Opens those of 0, 1 and 2 that are closed, so that no file of ours gets such a number and is taken for a standard
/// stream. As with a closed one, using them gives EBADF.
void reserve_standard_descriptors();

} // namespace backchat::cli
