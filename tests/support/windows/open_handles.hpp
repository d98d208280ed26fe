#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace support {

/// Gives our open handles with the type of what they refer to, such as "File"; all but those that the system and the
/// C++ runtime keep for themselves.
std::map<std::uintptr_t, std::string> open_handles();

} // namespace support
