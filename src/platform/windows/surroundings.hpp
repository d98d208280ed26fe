#pragma once

#include <backchat/options.hpp>

#include <string>

namespace backchat::platform {

/// The environment that a child is to have, and where it searches for programs by it.
struct Surroundings {
    std::u16string block; // in the form that CreateProcessW takes
    std::string path;
};

/// On error: throws SpawnError (environment).
Surroundings surroundings_of(const Options &options, const std::string &program);

} // namespace backchat::platform
