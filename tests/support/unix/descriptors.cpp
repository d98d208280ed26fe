#include "support/unix/descriptors.hpp"

#include <cctype>
#include <cstdlib>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace support {
namespace {

std::string link_target(const std::string &path) {
    char target[4096];
    const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
    return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

} // namespace

std::vector<std::int64_t> numbers_in(const char *folder) {
    std::vector<std::int64_t> numbers;
    DIR *directory = ::opendir(folder);
    if (!directory) return numbers;
    while (const dirent *entry = ::readdir(directory)) {
        if (std::isdigit(static_cast<unsigned char>(entry->d_name[0]))) {
            numbers.push_back(std::strtoll(entry->d_name, nullptr, 10));
        }
    }
    ::closedir(directory);
    return numbers;
}

std::string read_small_file(const std::string &path) {
    std::string text;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return text;
    char piece[4096];
    for (ssize_t got; (got = ::read(file, piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(got));
    ::close(file);
    return text;
}

std::map<int, std::string> open_descriptors() {
    std::map<int, std::string> descriptors;
    for (const auto number : numbers_in("/proc/self/fd")) {
        // The descriptor by which the folder was read is gone by now, and has no target.
        auto target = link_target("/proc/self/fd/" + std::to_string(number));
        if (!target.empty()) descriptors.emplace(static_cast<int>(number), std::move(target));
    }
    return descriptors;
}

} // namespace support
