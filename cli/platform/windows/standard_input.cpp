#include "cli/platform/standard_input.hpp"

#include "cli/platform/handle.hpp"
#include "cli/platform/handle_reader.hpp"
#include "cli/platform/standard_streams.hpp"
#include "cli/platform/windows/system.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace backchat::cli {

namespace {

using namespace std::chrono_literals;

constexpr int attempts_to_cancel = 10;
constexpr auto between_attempts = 10ms;

} // namespace

/// Nothing on Windows waits for "bytes can be read here" on every kind of handle. So a thread of its own reads, one piece
/// whenever one is asked for, and stop() gives up its call. A system or a device that does not let go of the call keeps
/// the thread, which therefore owns what it uses; the process ends with it in there.
class StandardInput::Impl {
public:
    std::string read(std::error_code &error) {
        std::unique_lock lock(mutex_);
        wanted_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return stopped_ || arrived_; });
        if (stopped_) return {};
        arrived_ = false;
        error = error_;
        return std::move(bytes_);
    }

    void stop() {
        std::unique_lock lock(mutex_);
        stopped_ = true;
        changed_.notify_all();
        // Again, since a call that has not begun yet cannot be cancelled.
        for (int i = 0; i < attempts_to_cancel && !ended_; ++i) {
            if (thread_) CancelSynchronousIo(native(thread_.get()));
            changed_.wait_for(lock, between_attempts, [this] { return ended_; });
        }
    }

    void work() {
        HandleReader reader(standard_handle(Stream::in));
        std::unique_lock lock(mutex_);
        thread_ = this_thread();
        for (;;) {
            changed_.wait(lock, [this] { return stopped_ || wanted_; });
            if (stopped_) break;
            wanted_ = false;
            lock.unlock();
            std::error_code error;
            std::string bytes = reader.read(error);
            lock.lock();
            bytes_ = std::move(bytes);
            error_ = error;
            arrived_ = true;
            changed_.notify_all();
        }
        ended_ = true;
        changed_.notify_all();
    }

private:
    static UniqueHandle this_thread() {
        const HANDLE process = GetCurrentProcess();
        HANDLE handle = INVALID_HANDLE_VALUE;
        if (DuplicateHandle(process, GetCurrentThread(), process, &handle, THREAD_TERMINATE, FALSE, 0) == FALSE)
            handle = INVALID_HANDLE_VALUE;
        return UniqueHandle(from_native(handle));
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_.
    UniqueHandle thread_; // with the right to cancel what it does
    bool wanted_ = false; // the next piece
    bool arrived_ = false;
    bool stopped_ = false;
    bool ended_ = false; // the thread has
    std::string bytes_;
    std::error_code error_;
};

StandardInput::StandardInput() : impl_(std::make_shared<Impl>()) {
    std::thread([impl = impl_] { impl->work(); }).detach();
}

StandardInput::~StandardInput() { stop(); }
std::string StandardInput::read(std::error_code &error) { return impl_->read(error); }
void StandardInput::stop() { impl_->stop(); }

} // namespace backchat::cli
