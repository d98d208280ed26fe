#include "screen.hpp"

#include "cli/platform/standard_streams.hpp"

#include <cstdlib>
#include <utility>

namespace backchat::cli {

namespace {

constexpr std::string_view colour_of_sent = "\x1b[36m";
constexpr std::string_view colour_of_stderr = "\x1b[33m";
constexpr std::string_view plain = "\x1b[0m";

/// https://no-color.org: set to anything but nothing, it says no.
bool colours_are_wanted() {
    const char *refused = std::getenv("NO_COLOR");
    return refused == nullptr || *refused == '\0';
}

} // namespace

Screen::Screen(Outlets &outlets, Sent sent, Shown shown)
    : outlets_(outlets), sent_(sent), shown_(shown), out_is_terminal_(is_terminal(Stream::out)) {
    if (colours_are_wanted()) {
        terminal_out_.emplace(Stream::out);
        terminal_err_.emplace(Stream::err);
        colours_out_ = terminal_out_->are_understood();
        colours_err_ = colours_out_ && terminal_err_->are_understood();
    }
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
