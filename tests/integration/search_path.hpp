#pragma once

#include "integration/talk.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

namespace integration {

/// Stands between two directories of PATH.
inline constexpr char separator = std::filesystem::path::preferred_separator == '/' ? ':' : ';';

/// Puts a child program into `folder` as `name`; the system's suffix is added.
inline void put_program(const support::TemporaryDirectory &folder, const std::string &name,
                        const std::string &program) {
    std::filesystem::copy_file(child(program), folder.path(name + BACKCHAT_PROGRAM_SUFFIX));
}

inline Options with_path(const std::string &path) { return {.environment = Environment().set("PATH", path)}; }

} // namespace integration
