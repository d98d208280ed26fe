#pragma once

#include "integration/talk.hpp"

#include <algorithm>

namespace integration {

/// Gives what a child with `environment` finds there; less what a child of an empty one finds, which the system has put
/// there: Windows keeps SystemRoot, and Wine has some of its own.
inline std::vector<std::string> entries_with(const Environment &environment) {
    const auto found = [](const Environment &given) {
        return support::split(output_of({child("print_environment")}, {.environment = given}), '\0');
    };
    const auto the_systems = found(Environment::clear());
    auto entries = found(environment);
    std::erase_if(entries, [&](const std::string &entry) {
        return std::find(the_systems.begin(), the_systems.end(), entry) != the_systems.end();
    });
    return entries;
}

} // namespace integration
