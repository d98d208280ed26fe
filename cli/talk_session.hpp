#pragma once

#include "outlets.hpp"
#include "screen.hpp"
#include "signal_forwarder.hpp"
#include "transcript.hpp"
#include "wakeup.hpp"

#include <backchat/popen.hpp>

#include <memory>
#include <string_view>

namespace backchat::cli {

/// A child that we talk to in front of a reader: what is sent and what arrives is shown, and written to the transcript if
/// there is one.
/// Threads: receive() from one thread at a time, send() and close_input() from another.
class TalkSession {
public:
    TalkSession(Popen &child, Outlets &outlets, Screen &screen, Transcript *transcript, const SignalForwarder &signals,
                std::shared_ptr<Wakeup> wakeup);

    /// Waits for the next output, as Popen::wait_output does, and hands it to the reader; gives it, too. Waits for the
    /// reader first, when he has too much to read already.
    ///
    /// Gives `cancelled` when the wakeup was requested, and `closed` when a signal is meant for us while the reader makes
    /// us wait.
    Output receive(Clock::time_point until);
    /// Takes what there is at the moment, and hands it to the reader.
    void receive_rest();

    /// Hands over as much of `text` as the child takes, as Popen::asyncwrite does. `limit` means that receive() has to
    /// take output first.
    Transferred send(std::string_view text, const Deadline &until);
    /// Shows and notes what is about to be sent.
    void announce(std::string_view text);
    void close_input() { child_.close_stdin(); }

    /// Ends the show: waits until the reader has everything, but not longer than `until`, or than until a signal is meant for us.
    /// Gives whether he has.
    bool finish(Clock::time_point until);

    /// Gives the number of the signal that was meant for us, or 0.
    int ended_by() const { return signals_.ended_by(); }
    Popen &child() { return child_; }
    Wakeup &wakeup() { return *wakeup_; }

private:
    bool has_room() const;
    void close_broken_outlets();

    Popen &child_;
    Outlets &outlets_;
    Screen &screen_;
    Transcript *transcript_; // may be null
    const SignalForwarder &signals_;
    std::shared_ptr<Wakeup> wakeup_;
};

} // namespace backchat::cli
