#pragma once

#include "cli/platform/terminal_colours.hpp"
#include "outlets.hpp"

#include <backchat/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace backchat::cli {

/// Shows a conversation on our stdout and stderr, as it comes.
///
/// What the child writes is passed on byte for byte. On a terminal, and unless NO_COLOR is set, its stderr is yellow and
/// what was sent is cyan; elsewhere what was sent is not shown at all.
/// Threads: every member from any thread.
class Screen {
public:
    /// What the user sends.
    enum class Sent {
        typed,    // the terminal echoes it: it only needs its colour
        unechoed, // it comes from a file or a script, and has to be shown
    };
    /// What becomes of the child's stdout.
    enum class Shown { everything, stderr_alone };

    Screen(Outlets &outlets, Sent sent, Shown shown);

    void show(Stream stream, std::string bytes);
    void show_sent(std::string_view text);
    /// Leaves a terminal in its own colour. Nothing is shown after it.
    void leave();

private:
    Outlets &outlets_;
    Sent sent_;
    Shown shown_;
    bool out_is_terminal_;
    std::optional<TerminalColours> terminal_out_; // empty when no colours are wanted
    std::optional<TerminalColours> terminal_err_;
    bool colours_out_ = false;
    bool colours_err_ = false;
};

} // namespace backchat::cli
