#pragma once

#include <backchat/options.hpp>

#include <memory>
#include <optional>

namespace backchat::cli {

/// A signal that came to us.
struct CaughtSignal {
    int number; // of POSIX: 1 is HUP, 2 INT, 3 QUIT and 15 TERM on every platform
    /// A terminal sent it to its whole foreground group, and the child was there: it has it already.
    bool reached_child;
};

/// Catches INT, TERM, HUP and QUIT, and keeps them until they are asked for. On Windows, Ctrl-C counts as INT, Ctrl-Break
/// as TERM and the end of the console as HUP; those of the session and the system count as TERM.
///
/// One that is ignored when we start stays ignored (nohup), by the child too. SIGPIPE is caught and forgotten, not
/// ignored, since the child would inherit that.
///
/// One object in a process. Make it before any other thread and before the child, so that no signal is missed. When it is
/// gone, signals are forgotten: one that comes while we exit does not change our exit code.
class SignalCatcher {
public:
    SignalCatcher();
    ~SignalCatcher();
    SignalCatcher(const SignalCatcher &) = delete;
    SignalCatcher &operator=(const SignalCatcher &) = delete;

    /// Says that from now on a child in `group` gets what a terminal sends there.
    void child_exists(const ProcessGroup &group);

    /// Waits for the next signal. Gives nothing after close().
    std::optional<CaughtSignal> next();
    /// Lets next() come back. From any thread.
    void close();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace backchat::cli
