#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <system_error>

namespace support {

/// A folder for one test, removed with all that is in it.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        namespace fs = std::filesystem;
        std::random_device random;
        fs::path folder;
        do folder = fs::temp_directory_path() / ("backchat-test-" + std::to_string(random()));
        while (!fs::create_directory(folder));
        fs::permissions(folder, fs::perms::owner_all);
        path_ = fs::canonical(folder).string();
    }
    TemporaryDirectory(const TemporaryDirectory &) = delete;
    TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored; // a folder left in /tmp must not hide why the test has failed
        std::filesystem::remove_all(path_, ignored);
    }

    const std::string &path() const { return path_; }
    std::string path(const std::string &name) const {
        return path_ + static_cast<char>(std::filesystem::path::preferred_separator) + name;
    }

    std::string write(const std::string &name, const std::string &text, unsigned mode = 0644) const {
        const auto file = path(name);
        std::ofstream(file, std::ios::binary) << text;
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
        return file;
    }
    std::string read(const std::string &name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::string path_;
};

} // namespace support
