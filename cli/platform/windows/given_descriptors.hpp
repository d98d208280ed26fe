#pragma once

#include <backchat/options.hpp>

#include <vector>

namespace backchat::cli {

/// Gives the C runtime's file descriptors above 2 that our parent has given us: they are meant for the command, as those
/// that a Unix shell opens for it.
std::vector<Descriptor> given_descriptors();

} // namespace backchat::cli
