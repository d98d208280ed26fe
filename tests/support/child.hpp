#pragma once

#include <string>
#include <string_view>

namespace support {

/// Gives the path of one of the programs in tests/children. Throws std::runtime_error when it was not built.
std::string child(std::string_view name);

/// Gives the path of the command `backchat`; the environment variable BACKCHAT_COMMAND names another one.
std::string command();

} // namespace support
