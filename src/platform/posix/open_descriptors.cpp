#include "platform/posix/open_descriptors.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <memory>
#include <string_view>
#include <system_error>

#include <dirent.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

/// How many descriptors other threads may open between our look and the fork.
constexpr int opened_meanwhile = 1024;
/// Where the list is not to be had, and the limit is a number that nobody can count to.
constexpr long most_counted = 1L << 20;

/// The numbers that a directory of open descriptors names. Empty when it cannot be read or is not what it should be:
/// on FreeBSD without a mounted fdescfs, /dev/fd has 0, 1 and 2 in it, whatever is open. A true list names the
/// descriptor by which it is read.
std::vector<int> numbers_in(const char *name) {
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir(name), ::closedir);
    std::vector<int> numbers;
    if (!directory) return numbers;
    errno = 0;
    while (const dirent *entry = ::readdir(directory.get())) {
        const std::string_view text = entry->d_name;
        int number = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size()) numbers.push_back(number);
    }
    const bool whole = errno == 0;
    std::sort(numbers.begin(), numbers.end());
    if (!whole || !std::binary_search(numbers.begin(), numbers.end(), ::dirfd(directory.get()))) numbers.clear();
    return numbers;
}

} // namespace

OpenDescriptorList::OpenDescriptorList() {
    for (const char *name : {"/dev/fd", "/proc/self/fd"}) {
        listed_ = numbers_in(name);
        if (listed_.empty()) continue;
        all_below_ = static_cast<int>(listed_.size()) + opened_meanwhile;
        return;
    }
    const long limit = ::sysconf(_SC_OPEN_MAX);
    all_below_ = static_cast<int>(limit < 0 ? most_counted : std::min(limit, most_counted));
}

} // namespace backchat::platform
