#include "result_file.hpp"

#include "cli/platform/file.hpp"
#include "cli/platform/wording.hpp"
#include "complaint.hpp"

#include <fmt/format.h>

#include <system_error>

namespace backchat::cli {

ResultFile::ResultFile(std::string_view flag, const std::string &path) {
    std::error_code error;
    const auto stream = output_named(path);
    handle_ = stream ? duplicate(*stream, error) : open_to_write(path, error);
    is_stdout_ = stream == Stream::out;
    if (error)
        throw UsageError(fmt::format("{} {}: {}; name a file that can be written, or - for stdout", flag,
                                     in_quotes(path), describe(error)));
}

} // namespace backchat::cli
