#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace backchat::cli {

/// Wakes one waiting loop, again and again, through the stop tokens that the library's waits take.
///
/// The loop calls renew() first, then looks at what it may have been woken for, then waits with the token: whatever
/// changes after the look wakes that wait. A stop token alone can be used once only.
/// Threads: request() from any; the rest from the one loop.
class Wakeup {
public:
    /// Gives a token that the next request() stops.
    std::stop_token renew() {
        std::lock_guard lock(mutex_);
        if (source_.stop_requested()) source_ = std::stop_source();
        return source_.get_token();
    }

    void request() {
        std::stop_source source = [this] {
            std::lock_guard lock(mutex_);
            return source_;
        }();
        source.request_stop(); // outside the lock: it runs the callbacks of whoever waits
    }

private:
    std::mutex mutex_;
    std::stop_source source_;
};

/// Waits until `token` is stopped or `until` has come. Gives false in the second case.
inline bool wait_for_stop(const std::stop_token &token, std::chrono::steady_clock::time_point until) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    const auto stopped = [&token] { return token.stop_requested(); };
    if (until == std::chrono::steady_clock::time_point::max()) {
        never.wait(lock, token, stopped);
        return true;
    }
    return never.wait_until(lock, token, until, stopped);
}

} // namespace backchat::cli
