#pragma once

#include "descriptor.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <optional>

namespace backchat::cli {

/// A signal that came to us.
struct CaughtSignal {
    int number;
    /// A terminal sent it to its whole foreground group, and the child was there: it has it already.
    bool reached_child;
};

/// Catches INT, TERM, HUP and QUIT, and keeps them until they are asked for.
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

    /// Says that from now on the child gets what a terminal sends.
    void child_exists();

    /// Waits for the next signal. Gives nothing after close().
    std::optional<CaughtSignal> next();
    /// Lets next() come back. From any thread.
    void close();

private:
    DescriptorPair events_;
};

} // namespace backchat::cli
