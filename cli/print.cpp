#include "print.hpp"

#include "cli/platform/handle_writer.hpp"
#include "cli/platform/standard_streams.hpp"
#include "cli/platform/wording.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace backchat::cli {

void print(std::string_view text) {
    if (const auto error = HandleWriter(standard_handle(Stream::out)).write_all(text))
        throw std::runtime_error(fmt::format("cannot write to stdout: {}", describe(error)));
}

} // namespace backchat::cli
