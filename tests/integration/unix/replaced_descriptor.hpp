#pragma once

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace integration {

/// Puts another descriptor, or none, at a number of ours for a while, without close-on-exec, as a shell would have.
class ReplacedDescriptor {
public:
    static constexpr int none = -1;

    ReplacedDescriptor(int number, int by) : number_(number), flags_(::fcntl(number, F_GETFD)) {
        // Far from all the numbers that tests choose.
        if (flags_ >= 0) saved_ = ::fcntl(number, F_DUPFD_CLOEXEC, 700);
        if (by == none) ::close(number);
        else if (::dup2(by, number) < 0) throw std::system_error(errno, std::generic_category(), "dup2");
    }
    ReplacedDescriptor(const ReplacedDescriptor &) = delete;
    ReplacedDescriptor &operator=(const ReplacedDescriptor &) = delete;
    ReplacedDescriptor(ReplacedDescriptor &&other) noexcept
        : number_(std::exchange(other.number_, -1)), flags_(other.flags_), saved_(std::exchange(other.saved_, -1)) {}
    ~ReplacedDescriptor() {
        if (number_ < 0) return;
        if (saved_ < 0) {
            ::close(number_);
            return;
        }
        ::dup3(saved_, number_, flags_ & FD_CLOEXEC ? O_CLOEXEC : 0);
        ::close(saved_);
    }

private:
    int number_;
    int flags_;
    int saved_ = -1;
};

} // namespace integration
