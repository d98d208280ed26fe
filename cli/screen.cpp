#include "screen.hpp"

#include <cstdlib>
#include <utility>

#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr std::string_view colour_of_sent = "\x1b[36m";
constexpr std::string_view colour_of_stderr = "\x1b[33m";
constexpr std::string_view plain = "\x1b[0m";

/// https://no-color.org: set to anything but nothing, it says no.
bool colours_are_wanted() {
    const char *refused = std::getenv("NO_COLOR");
    const char *terminal = std::getenv("TERM");
    const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
    return (refused == nullptr || *refused == '\0') && !is_dumb;
}

} // namespace

Screen::Screen(Outlets &outlets, Sent sent, Shown shown)
    : outlets_(outlets), sent_(sent), shown_(shown), out_is_terminal_(isatty(STDOUT_FILENO) != 0),
      colours_out_(out_is_terminal_ && colours_are_wanted()), colours_err_(colours_out_ && isatty(STDERR_FILENO) != 0) {
    // What the terminal echoes has the colour that was set last.
    if (colours_out_ && sent_ == Sent::typed) outlets_.push(Stream::out, std::string(colour_of_sent));
}

void Screen::leave() {
    if (colours_out_) outlets_.push(Stream::out, std::string(plain));
}

void Screen::show(Stream stream, std::string bytes) {
    if (stream == Stream::out && shown_ == Shown::stderr_alone) return;
    const bool colours = stream == Stream::err ? colours_err_ : colours_out_;
    if (colours) {
        bytes.insert(0, stream == Stream::err ? colour_of_stderr : plain);
        bytes.append(sent_ == Sent::typed ? colour_of_sent : plain);
    }
    outlets_.push(stream, std::move(bytes));
}

void Screen::show_sent(std::string_view text) {
    if (!out_is_terminal_ || sent_ == Sent::typed || shown_ == Shown::stderr_alone) return;
    std::string bytes(text);
    if (colours_out_) bytes.insert(0, colour_of_sent).append(plain);
    outlets_.push(Stream::out, std::move(bytes));
}

} // namespace backchat::cli
