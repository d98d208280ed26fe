#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace {

/// One stop, requested by another thread while we wait for it; the callback goes while it may still be running there.
/// Waits on token after token, as a loop does that is woken by them.
TEST(StopCallback, goes_while_it_runs_and_never_hangs) {
    constexpr int rounds = 2000;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<std::stop_source> offered; // guarded by mutex
    std::thread other([&] {
        for (int i = 0; i < rounds; ++i) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return offered.has_value(); });
            std::stop_source source = *offered;
            offered.reset();
            lock.unlock();
            source.request_stop();
        }
    });
    for (int i = 0; i < rounds; ++i) {
        std::stop_source source;
        bool stopped = false; // guarded by mutex
        const std::stop_callback callback(source.get_token(), [&] {
            const std::lock_guard lock(mutex);
            stopped = true;
            changed.notify_all();
        });
        std::unique_lock lock(mutex);
        offered = source;
        changed.notify_all();
        changed.wait(lock, [&] { return stopped; });
    }
    other.join();
}

} // namespace
