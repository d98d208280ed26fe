#pragma once

#include "cli/platform/handle.hpp"

#include <backchat/result.hpp>

#include <optional>
#include <string>
#include <system_error>

namespace backchat::cli {

/// Gives the stream of ours that `path` names: "-" is stdout; where there are such names, so is /dev/stdout, and
/// /dev/stderr is stderr.
std::optional<Stream> output_named(const std::string &path);

/// Opens and empties a file, or makes it. Gives nothing, and `error`, when that is not possible.
UniqueHandle open_to_write(const std::string &path, std::error_code &error);

/// Opens a file. Gives nothing, and `error`, when that is not possible.
UniqueHandle open_to_read(const std::string &path, std::error_code &error);

/// Gives another handle for what our `stream` is now. Gives nothing, and `error`, when that is not possible.
UniqueHandle duplicate(Stream stream, std::error_code &error);

} // namespace backchat::cli
