#pragma once

#include <csignal>

#include <pthread.h>

namespace backchat::platform {

/// Blocks all signals, so that a thread or process made meanwhile never runs a handler of the host's.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked &) = delete;
    SignalsBlocked &operator=(const SignalsBlocked &) = delete;

    /// What this thread had blocked before.
    const sigset_t &before() const { return before_; }

private:
    sigset_t before_;
};

} // namespace backchat::platform
