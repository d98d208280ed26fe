#include "cli/platform/signal_catcher.hpp"

#include "cli/platform/windows/system.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>

namespace backchat::cli {

namespace {

constexpr int hang_up = 1;
constexpr int interrupt = 2;
constexpr int terminate = 15;

/// What a console event counts as. Those that end the console or the session go to each of its processes, whatever
/// their group.
struct Meaning {
    int number;
    bool ends_us; // when the handler comes back from it, and after some seconds anyway
};

Meaning meaning_of(DWORD event) {
    switch (event) {
    case CTRL_C_EVENT: return {interrupt, false};
    case CTRL_BREAK_EVENT: return {terminate, false};
    case CTRL_CLOSE_EVENT: return {hang_up, true};
    default: return {terminate, true}; // CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
    }
}

} // namespace

class SignalCatcher::Impl {
public:
    Impl() {
        const std::lock_guard lock(access_);
        current_ = this;
        if (SetConsoleCtrlHandler(handle, TRUE) == FALSE)
            throw std::system_error(last_error(), "SetConsoleCtrlHandler");
    }
    /// The handler stays: events are forgotten from now on.
    ~Impl() {
        const std::lock_guard lock(access_);
        current_ = nullptr;
    }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    void child_exists(const ProcessGroup &group) {
        const std::lock_guard lock(mutex_);
        child_exists_ = true;
        child_is_in_our_group_ = group.kind() == ProcessGroup::Kind::inherit;
    }

    std::optional<CaughtSignal> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !caught_.empty(); });
        if (closed_) return std::nullopt;
        const CaughtSignal first = caught_.front();
        caught_.pop_front();
        return first;
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

private:
    /// Called by the system in a thread of its own.
    static BOOL WINAPI handle(DWORD event) {
        const Meaning meaning = meaning_of(event);
        {
            const std::lock_guard lock(access_);
            if (current_ != nullptr) current_->note(meaning);
        }
        if (meaning.ends_us) Sleep(INFINITE);
        return TRUE;
    }

    void note(const Meaning &meaning) {
        const std::lock_guard lock(mutex_);
        caught_.push_back({meaning.number, child_exists_ && (child_is_in_our_group_ || meaning.ends_us)});
        changed_.notify_all();
    }

    static inline std::mutex access_;
    static inline Impl *current_ = nullptr; // guarded by access_

    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_.
    std::deque<CaughtSignal> caught_;
    bool child_exists_ = false;
    bool child_is_in_our_group_ = false;
    bool closed_ = false;
};

SignalCatcher::SignalCatcher() : impl_(std::make_unique<Impl>()) {}
SignalCatcher::~SignalCatcher() = default;
void SignalCatcher::child_exists(const ProcessGroup &group) { impl_->child_exists(group); }
std::optional<CaughtSignal> SignalCatcher::next() { return impl_->next(); }
void SignalCatcher::close() { impl_->close(); }

} // namespace backchat::cli
