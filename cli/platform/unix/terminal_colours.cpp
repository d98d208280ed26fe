#include "cli/platform/terminal_colours.hpp"

#include "cli/platform/standard_streams.hpp"

#include <cstdlib>
#include <string_view>

namespace backchat::cli {

TerminalColours::TerminalColours(Stream stream) {
    const char *terminal = std::getenv("TERM");
    understood_ = is_terminal(stream) && terminal != nullptr && std::string_view(terminal) != "dumb";
}

} // namespace backchat::cli
