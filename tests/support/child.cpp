#include "support/child.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace support {

std::string child(std::string_view name) {
    const char *named = std::getenv("BACKCHAT_CHILDREN_DIR");
    std::string path = named ? named : BACKCHAT_CHILDREN_DIR;
    path += '/';
    path += name;
    path += BACKCHAT_PROGRAM_SUFFIX;
    path = std::filesystem::path(path).make_preferred().string();
    // Said here, because a spawn that fails with ENOENT is what some tests expect.
    if (!std::filesystem::exists(path)) throw std::runtime_error("child program is missing: " + path);
    return path;
}

std::string command() {
    const char *named = std::getenv("BACKCHAT_COMMAND");
    return named ? named : BACKCHAT_COMMAND;
}

} // namespace support
