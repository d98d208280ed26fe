#pragma once

#include <filesystem>

namespace support {

/// Another working directory of ours for as long as this lives.
class CurrentDirectory {
public:
    explicit CurrentDirectory(const std::filesystem::path &folder) : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(folder);
    }
    CurrentDirectory(const CurrentDirectory &) = delete;
    CurrentDirectory &operator=(const CurrentDirectory &) = delete;
    ~CurrentDirectory() {
        std::error_code ignored; // the leak guard sees it
        std::filesystem::current_path(before_, ignored);
    }

private:
    std::filesystem::path before_;
};

} // namespace support
