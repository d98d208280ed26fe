#include "platform/unix/exit_watch.hpp"
#include "platform/unix/pipe_system.hpp"
#include "platform/unix/signals_blocked.hpp"

#include <cstddef>
#include <memory>
#include <system_error>

#include <poll.h>
#include <pthread.h>

namespace backchat::platform {

namespace {

/// The thread's work. It owns the write end: its closing is the news.
struct Watching {
    pid_t pid;
    FileDescriptor end;
};

void *watch(void *argument) {
    const std::unique_ptr<Watching> watching(static_cast<Watching *>(argument));
    wait_until_ended(watching->pid);
    return nullptr;
}

/// A thread that only waits needs next to no stack. By default each takes 8 MiB of addresses, of which a process of 32
/// bits has room for a few hundred.
class SmallStack {
public:
    SmallStack() {
        if (const int error = ::pthread_attr_init(&attributes_); error != 0)
            throw std::system_error(error, std::system_category());
        constexpr std::size_t enough = std::size_t{256} << 10; // with what a sanitizer needs
        ::pthread_attr_setstacksize(&attributes_, enough);     // refused, it stays as it is
    }
    ~SmallStack() { ::pthread_attr_destroy(&attributes_); }
    SmallStack(const SmallStack &) = delete;
    SmallStack &operator=(const SmallStack &) = delete;

    const pthread_attr_t *get() const { return &attributes_; }

private:
    pthread_attr_t attributes_;
};

} // namespace

ExitWatch::ExitWatch(pid_t pid) {
    PipeEnds ends = make_pipe_ends();
    descriptor_ = std::move(ends.read);
    auto watching = std::make_unique<Watching>(Watching{pid, std::move(ends.write)});
    const SmallStack stack;
    const SignalsBlocked guard;
    if (const int error = ::pthread_create(&thread_, stack.get(), watch, watching.get()); error != 0)
        throw std::system_error(error, std::system_category());
    static_cast<void>(watching.release()); // the thread's now
}

ExitWatch::~ExitWatch() {
    if (has_seen_exit()) ::pthread_join(thread_, nullptr);
    else ::pthread_detach(thread_);
}

bool ExitWatch::has_seen_exit() const {
    pollfd look{descriptor_.get(), POLLIN, 0};
    return ::poll(&look, 1, 0) == 1;
}

} // namespace backchat::platform
