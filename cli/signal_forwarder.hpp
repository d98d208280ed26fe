#pragma once

#include "cli/platform/signal_catcher.hpp"
#include "wakeup.hpp"

#include <backchat/popen.hpp>

#include <atomic>
#include <memory>
#include <thread>

namespace backchat::cli {

/// Hands the signals that come to us on to the child's tree, so that we do not end before it.
///
/// When one finds nobody to take it, because the child has ended and we are still listening or writing, it is meant
/// for us: ended_by() tells, and the wakeup is requested. It may also be the one by which the child has just ended; so
/// what is there already is still passed on.
///
/// `catcher` and `child` must outlive it; `group` is the child's.
class SignalForwarder {
public:
    SignalForwarder(SignalCatcher &catcher, Popen &child, const ProcessGroup &group, std::shared_ptr<Wakeup> wakeup);
    ~SignalForwarder();
    SignalForwarder(const SignalForwarder &) = delete;
    SignalForwarder &operator=(const SignalForwarder &) = delete;

    /// Gives the number of the signal that was meant for us, or 0.
    int ended_by() const { return ended_by_; }

private:
    void work();
    bool forward(const CaughtSignal &caught);

    SignalCatcher &catcher_;
    Popen &child_;
    std::shared_ptr<Wakeup> wakeup_;
    std::atomic<int> ended_by_{0};
    std::thread thread_; // last, so that it starts when the rest is there
};

} // namespace backchat::cli
