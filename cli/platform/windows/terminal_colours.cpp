#include "cli/platform/terminal_colours.hpp"

#include "cli/platform/standard_streams.hpp"
#include "cli/platform/windows/system.hpp"

#include <cstdlib>
#include <string_view>

namespace backchat::cli {

namespace {

constexpr DWORD understands_escapes = ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;

} // namespace

TerminalColours::TerminalColours(Stream stream) {
    const HANDLE console = native(standard_handle(stream));
    const char *terminal = std::getenv("TERM"); // seldom set here; but who says "dumb" means it
    DWORD mode = 0;
    if (GetConsoleMode(console, &mode) == FALSE || (terminal != nullptr && std::string_view(terminal) == "dumb"))
        return;
    if ((mode & understands_escapes) == understands_escapes) {
        understood_ = true;
    } else if (SetConsoleMode(console, mode | understands_escapes) != FALSE) {
        understood_ = true;
        restore_ = [console, mode] { SetConsoleMode(console, mode); };
    }
}

} // namespace backchat::cli
