#include "output_writer.hpp"

#include "descriptor.hpp"

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
    int descriptor;
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
    std::map<int, std::error_code> errors;
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

void OutputWriter::push(int descriptor, std::string bytes) {
    if (bytes.empty()) return;
    std::lock_guard lock(state_->mutex);
    if (state_->errors.count(descriptor) != 0) return;
    state_->queued_bytes += bytes.size();
    if (state_->queued_bytes >= full_at) state_->full = true;
    state_->queue.push_back({descriptor, std::move(bytes)});
    if (state_->queue.size() == 1) state_->changed.notify_all();
}

std::error_code OutputWriter::error(int descriptor) const {
    std::lock_guard lock(state_->mutex);
    const auto found = state_->errors.find(descriptor);
    return found == state_->errors.end() ? std::error_code{} : found->second;
}

bool OutputWriter::finish(const Deadline &until) {
    std::unique_lock lock(state_->mutex);
    const auto written = [this] { return state_->queued_bytes == 0; };
    if (until.at() == Clock::time_point::max()) return state_->changed.wait(lock, until.token(), written);
    return state_->changed.wait_until(lock, until.token(), until.at(), written);
}

void OutputWriter::work(const std::shared_ptr<State> &state) {
    std::unique_lock lock(state->mutex);
    for (;;) {
        state->changed.wait(lock, [&] { return !state->queue.empty() || state->closing; });
        if (state->queue.empty()) return;
        const Chunk chunk = std::move(state->queue.front());
        state->queue.pop_front();
        const bool dropped = state->errors.count(chunk.descriptor) != 0;

        lock.unlock();
        const std::error_code error = dropped ? std::error_code{} : write_all(chunk.descriptor, chunk.bytes);
        lock.lock();

        state->queued_bytes -= chunk.bytes.size();
        const bool room_again = state->full && state->queued_bytes <= room_at;
        if (room_again) state->full = false;
        if (error) state->errors.emplace(chunk.descriptor, error);
        if (state->queued_bytes == 0) state->changed.notify_all();
        if (room_again || error) {
            lock.unlock();
            state->wakeup->request();
            lock.lock();
        }
    }
}

} // namespace backchat::cli
