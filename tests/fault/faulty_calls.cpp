#include "fault/faulty_calls.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <stdexcept>

#include <dirent.h>
#include <poll.h>
#include <sys/types.h>
#include <time.h>

namespace faulty {
namespace {

enum Index : int {
    clone_call,
    access_call,
    close_call,
    eventfd_call,
    fcntl_call,
    ioctl_call,
    kill_call,
    mmap_call,
    munmap_call,
    open_call,
    opendir_call,
    pipe2_call,
    poll_call,
    ppoll_call,
    prctl_call,
    read_call,
    sigtimedwait_call,
    write_call,
    function_count,
};

constexpr std::array<const char *, function_count> names = {
    "__clone", "access",  "close", "eventfd", "fcntl", "ioctl", "kill", "mmap",         "munmap",
    "open",    "opendir", "pipe2", "poll",    "ppoll", "prctl", "read", "sigtimedwait", "write"};

/// System calls by number come behind the functions.
constexpr int number_count = 600;
constexpr int call_count = function_count + number_count;

// Plain atomics, nothing else: the wrappers run between clone and exec too, on memory that is shared with the parent.
std::atomic<int> struck{-1}; // which call is to fail
std::atomic<int> fault_error{0};
std::atomic<int> fault_after{0};
std::atomic<int> fault_times{0};
std::atomic<int> fault_hits{0};
std::atomic<std::size_t> most_bytes{~std::size_t{0}};
std::atomic<bool> counting{false};
std::atomic<bool> paused{false};
std::array<std::atomic<int>, call_count> counts{};

int index_of(const Call &call) {
    if (std::strcmp(call.name, "syscall") == 0) {
        if (call.number < 0 || call.number >= number_count) throw std::out_of_range("no such system call");
        return function_count + static_cast<int>(call.number);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (std::strcmp(call.name, names[i]) == 0) return static_cast<int>(i);
    }
    throw std::out_of_range(std::string(call.name) + " is not wrapped");
}

} // namespace

/// Says whether this call is to fail, and sets errno if so.
static bool fails(int index) {
    if (paused || index < 0 || index >= call_count) return false;
    if (counting) ++counts[static_cast<std::size_t>(index)];
    if (struck != index) return false;
    if (fault_after.fetch_sub(1) > 0) return false;
    if (fault_times.fetch_sub(1) <= 0) return false;
    ++fault_hits;
    errno = fault_error;
    return true;
}

static std::size_t shortened(std::size_t size) {
    const std::size_t most = most_bytes;
    return size < most ? size : most;
}

std::vector<Call> functions() {
    std::vector<Call> all;
    for (const char *name : names) all.push_back({name});
    return all;
}

Fault::Fault(const Call &call, int error, int after, int times) {
    const int index = index_of(call);
    if (struck >= 0) throw std::logic_error("one fault at a time");
    fault_error = error;
    fault_after = after;
    fault_times = times;
    fault_hits = 0;
    struck = index;
}

Fault::~Fault() { struck = -1; }

int Fault::hits() const { return fault_hits; }

Pause::Pause() { paused = true; }
Pause::~Pause() { paused = false; }

ShortTransfers::ShortTransfers(std::size_t bytes) { most_bytes = bytes; }
ShortTransfers::~ShortTransfers() { most_bytes = ~std::size_t{0}; }

Counting::Counting() {
    for (auto &count : counts) count = 0;
    counting = true;
}

Counting::~Counting() { counting = false; }

int Counting::of(const Call &call) const { return counts[static_cast<std::size_t>(index_of(call))]; }

} // namespace faulty

// What the linker calls in place of NAME is __wrap_NAME, and what NAME was is __real_NAME.
extern "C" {

using CloneFunction = int (*)(void *);

int __real___clone(CloneFunction function, void *stack, int flags, void *argument, ...);
int __real_access(const char *path, int mode);
int __real_close(int fd);
int __real_eventfd(unsigned value, int flags);
int __real_fcntl(int fd, int command, ...);
int __real_ioctl(int fd, unsigned long request, ...);
int __real_kill(pid_t pid, int number);
void *__real_mmap(void *address, std::size_t size, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *address, std::size_t size);
int __real_open(const char *path, int flags, ...);
DIR *__real_opendir(const char *path);
int __real_pipe2(int *ends, int flags);
int __real_poll(pollfd *fds, nfds_t count, int timeout);
int __real_ppoll(pollfd *fds, nfds_t count, const timespec *timeout, const sigset_t *mask);
int __real_prctl(int option, ...);
ssize_t __real_read(int fd, void *buffer, std::size_t size);
int __real_sigtimedwait(const sigset_t *set, siginfo_t *info, const timespec *timeout);
long __real_syscall(long number, ...);
ssize_t __real_write(int fd, const void *buffer, std::size_t size);

int __wrap___clone(CloneFunction function, void *stack, int flags, void *argument, ...) {
    va_list more;
    va_start(more, argument);
    pid_t *pidfd = va_arg(more, pid_t *);
    va_end(more);
    if (faulty::fails(faulty::clone_call)) return -1;
    return __real___clone(function, stack, flags, argument, pidfd);
}

int __wrap_access(const char *path, int mode) {
    return faulty::fails(faulty::access_call) ? -1 : __real_access(path, mode);
}

int __wrap_close(int fd) {
    const int result = __real_close(fd); // the descriptor is gone even when close says that it failed
    return faulty::fails(faulty::close_call) ? -1 : result;
}

int __wrap_eventfd(unsigned value, int flags) {
    return faulty::fails(faulty::eventfd_call) ? -1 : __real_eventfd(value, flags);
}

int __wrap_fcntl(int fd, int command, ...) {
    va_list more;
    va_start(more, command);
    const long argument = va_arg(more, long);
    va_end(more);
    return faulty::fails(faulty::fcntl_call) ? -1 : __real_fcntl(fd, command, argument);
}

int __wrap_ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *argument = va_arg(more, void *);
    va_end(more);
    return faulty::fails(faulty::ioctl_call) ? -1 : __real_ioctl(fd, request, argument);
}

int __wrap_kill(pid_t pid, int number) { return faulty::fails(faulty::kill_call) ? -1 : __real_kill(pid, number); }

void *__wrap_mmap(void *address, std::size_t size, int protection, int flags, int fd, off_t offset) {
    if (faulty::fails(faulty::mmap_call)) return reinterpret_cast<void *>(-1);
    return __real_mmap(address, size, protection, flags, fd, offset);
}

int __wrap_munmap(void *address, std::size_t size) {
    const int result = __real_munmap(address, size);
    return faulty::fails(faulty::munmap_call) ? -1 : result;
}

int __wrap_open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const unsigned mode = va_arg(more, unsigned);
    va_end(more);
    return faulty::fails(faulty::open_call) ? -1 : __real_open(path, flags, mode);
}

DIR *__wrap_opendir(const char *path) { return faulty::fails(faulty::opendir_call) ? nullptr : __real_opendir(path); }

int __wrap_pipe2(int *ends, int flags) { return faulty::fails(faulty::pipe2_call) ? -1 : __real_pipe2(ends, flags); }

int __wrap_poll(pollfd *fds, nfds_t count, int timeout) {
    return faulty::fails(faulty::poll_call) ? -1 : __real_poll(fds, count, timeout);
}

int __wrap_ppoll(pollfd *fds, nfds_t count, const timespec *timeout, const sigset_t *mask) {
    return faulty::fails(faulty::ppoll_call) ? -1 : __real_ppoll(fds, count, timeout, mask);
}

int __wrap_prctl(int option, ...) {
    va_list more;
    va_start(more, option);
    const unsigned long second = va_arg(more, unsigned long);
    const unsigned long third = va_arg(more, unsigned long);
    const unsigned long fourth = va_arg(more, unsigned long);
    const unsigned long fifth = va_arg(more, unsigned long);
    va_end(more);
    return faulty::fails(faulty::prctl_call) ? -1 : __real_prctl(option, second, third, fourth, fifth);
}

ssize_t __wrap_read(int fd, void *buffer, std::size_t size) {
    return faulty::fails(faulty::read_call) ? -1 : __real_read(fd, buffer, faulty::shortened(size));
}

int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info, const timespec *timeout) {
    return faulty::fails(faulty::sigtimedwait_call) ? -1 : __real_sigtimedwait(set, info, timeout);
}

long __wrap_syscall(long number, ...) {
    long arguments[6];
    va_list more;
    va_start(more, number);
    for (long &argument : arguments) argument = va_arg(more, long);
    va_end(more);
    if (number < faulty::number_count && faulty::fails(faulty::function_count + static_cast<int>(number))) return -1;
    return __real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

ssize_t __wrap_write(int fd, const void *buffer, std::size_t size) {
    return faulty::fails(faulty::write_call) ? -1 : __real_write(fd, buffer, faulty::shortened(size));
}

} // extern "C"
