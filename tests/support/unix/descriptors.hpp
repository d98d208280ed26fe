#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace support {

/// Gives our open descriptors with what they refer to, such as "pipe:[1234]".
std::map<int, std::string> open_descriptors();

/// Gives the whole of a small file, or an empty string when it cannot be read. NULs stay.
std::string read_small_file(const std::string &path);

/// Gives the entries of a folder that are numbers.
std::vector<std::int64_t> numbers_in(const char *folder);

} // namespace support
