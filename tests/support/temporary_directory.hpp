#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <sys/stat.h>

namespace support {

/// A folder for one test, removed with all that is in it.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "backchat-test-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "mkdtemp");
        path_ = std::filesystem::canonical(name).string();
    }
    TemporaryDirectory(const TemporaryDirectory &) = delete;
    TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored; // a folder left in /tmp must not hide why the test has failed
        std::filesystem::remove_all(path_, ignored);
    }

    const std::string &path() const { return path_; }
    std::string path(const std::string &name) const { return path_ + '/' + name; }

    std::string write(const std::string &name, const std::string &text, mode_t mode = 0644) const {
        const auto file = path(name);
        std::ofstream(file, std::ios::binary) << text;
        if (::chmod(file.c_str(), mode) != 0) throw std::system_error(errno, std::generic_category(), "chmod");
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
