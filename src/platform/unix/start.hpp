#pragma once

#include "platform/process.hpp"
#include "platform/unix/child_recipe.hpp"

#include <backchat/options.hpp>

#include <string>

namespace backchat::platform {

/// Refuses, by a SpawnError, what this system does not have.
void require_supported(const Options &options, const std::string &program);

/// Makes the new process and waits until it runs the program.
/// On error: throws SpawnError, and leaves no descriptor, process, thread or changed signal mask behind.
Process start(ChildRecipe &recipe);

} // namespace backchat::platform
