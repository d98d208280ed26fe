#include "output_writer.hpp"

#include "cli/platform/handle_writer.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace backchat::cli {

namespace {

constexpr std::size_t full_at = std::size_t{1} << 20;
constexpr std::size_t room_at = full_at / 2; // lower than full_at, so that the two threads do not wake each other
                                             // for every chunk

struct Chunk {
    NativeHandle handle;
    std::string bytes;
};

} // namespace

struct OutputWriter::State {
    mutable std::mutex mutex;
    // Guarded by mutex.
    std::deque<Chunk> queue;
    std::size_t queued_bytes = 0; // of the chunk that is being written, too
    bool full = false;
    bool closing = false;
    std::map<NativeHandle, std::error_code> errors;
    std::condition_variable_any changed; // something was queued, all was written, or closing

    std::shared_ptr<Wakeup> wakeup;
};

OutputWriter::OutputWriter(std::shared_ptr<Wakeup> wakeup) : state_(std::make_shared<State>()) {
    state_->wakeup = std::move(wakeup);
    std::thread(work, state_).detach();
}

OutputWriter::~OutputWriter() {
    std::lock_guard lock(state_->mutex);
    state_->closing = true;
    state_->changed.notify_all();
}

bool OutputWriter::has_room() const {
    std::lock_guard lock(state_->mutex);
    return !state_->full;
}

void OutputWriter::push(NativeHandle handle, std::string bytes) {
    if (bytes.empty()) return;
    std::lock_guard lock(state_->mutex);
    if (state_->errors.count(handle) != 0) return;
    state_->queued_bytes += bytes.size();
    if (state_->queued_bytes >= full_at) state_->full = true;
    state_->queue.push_back({handle, std::move(bytes)});
    if (state_->queue.size() == 1) state_->changed.notify_all();
}

std::error_code OutputWriter::error(NativeHandle handle) const {
    std::lock_guard lock(state_->mutex);
    const auto found = state_->errors.find(handle);
    return found == state_->errors.end() ? std::error_code{} : found->second;
}

bool OutputWriter::finish(const Deadline &until) {
    std::unique_lock lock(state_->mutex);
    const auto written = [this] { return state_->queued_bytes == 0; };
    if (until.at() == Clock::time_point::max()) return state_->changed.wait(lock, until.token(), written);
    return state_->changed.wait_until(lock, until.token(), until.at(), written);
}

void OutputWriter::work(const std::shared_ptr<State> &state) {
    std::map<NativeHandle, HandleWriter> writers;
    std::unique_lock lock(state->mutex);
    for (;;) {
        state->changed.wait(lock, [&] { return !state->queue.empty() || state->closing; });
        if (state->queue.empty()) return;
        const Chunk chunk = std::move(state->queue.front());
        state->queue.pop_front();
        const bool dropped = state->errors.count(chunk.handle) != 0;

        lock.unlock();
        const std::error_code error =
            dropped ? std::error_code{}
                    : writers.try_emplace(chunk.handle, chunk.handle).first->second.write_all(chunk.bytes);
        lock.lock();

        state->queued_bytes -= chunk.bytes.size();
        const bool room_again = state->full && state->queued_bytes <= room_at;
        if (room_again) state->full = false;
        if (error) state->errors.emplace(chunk.handle, error);
        if (state->queued_bytes == 0) state->changed.notify_all();
        if (room_again || error) {
            lock.unlock();
            state->wakeup->request();
            lock.lock();
        }
    }
}

} // namespace backchat::cli
