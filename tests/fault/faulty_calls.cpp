#include "fault/faulty_calls.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <new>
#include <stdexcept>

#include <dirent.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>

namespace faulty {
namespace {

enum Index : int {
    clone_call,
    access_call,
    chdir_call,
    close_call,
    dup2_call,
    eventfd_call,
    execve_call,
    fcntl_call,
    fork_call,
    getpriority_call,
    ioctl_call,
    kill_call,
    mmap_call,
    munmap_call,
    open_call,
    opendir_call,
    pipe_call,
    pipe2_call,
    poll_call,
    ppoll_call,
    prctl_call,
    read_call,
    readdir_call,
    setgroups_call,
    setpgid_call,
    setpriority_call,
    setregid_call,
    setreuid_call,
    setrlimit_call,
    setsid_call,
    sigaction_call,
    sigtimedwait_call,
    sigwait_call,
    wait4_call,
    waitid_call,
    waitpid_call,
    write_call,
    function_count,
};

constexpr std::array<const char *, function_count> names = {
    "__clone", "access",      "chdir",    "close",    "dup2",      "eventfd", "execve",    "fcntl",
    "fork",    "getpriority", "ioctl",    "kill",     "mmap",      "munmap",  "open",      "opendir",
    "pipe",    "pipe2",       "poll",     "ppoll",    "prctl",     "read",    "readdir",   "setgroups",
    "setpgid", "setpriority", "setregid", "setreuid", "setrlimit", "setsid",  "sigaction", "sigtimedwait",
    "sigwait", "wait4",       "waitid",   "waitpid",  "write"};

/// System calls by number come behind the functions.
constexpr int number_count = 600;
constexpr int call_count = function_count + number_count;

/// What the wrappers read and write. Plain atomics, in memory that a new process shares with us, be it a clone or a fork:
/// the wrappers run between there and exec, too.
struct State {
    std::atomic<int> struck{-1}; // which call is to fail
    std::atomic<int> error{0};
    std::atomic<int> after{0};
    std::atomic<int> times{0};
    std::atomic<int> hits{0};
    std::atomic<std::size_t> most_bytes{~std::size_t{0}};
    std::atomic<bool> counting{false};
    std::atomic<bool> paused{false};
    std::array<std::atomic<int>, call_count> counts{};
};

State *state = nullptr; // until make_state() has run

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
    if (state == nullptr || state->paused || index < 0 || index >= call_count) return false;
    if (state->counting) ++state->counts[static_cast<std::size_t>(index)];
    if (state->struck != index) return false;
    if (state->after.fetch_sub(1) > 0) return false;
    if (state->times.fetch_sub(1) <= 0) return false;
    ++state->hits;
    errno = state->error;
    return true;
}

static std::size_t shortened(std::size_t size) {
    const std::size_t most = state == nullptr ? size : state->most_bytes.load();
    return size < most ? size : most;
}

std::vector<Call> functions() {
    std::vector<Call> all;
    for (const char *name : names) all.push_back({name});
    return all;
}

Fault::Fault(const Call &call, int error, int after, int times) {
    const int index = index_of(call);
    if (state->struck >= 0) throw std::logic_error("one fault at a time");
    state->error = error;
    state->after = after;
    state->times = times;
    state->hits = 0;
    state->struck = index;
}

Fault::~Fault() { state->struck = -1; }

int Fault::hits() const { return state->hits; }

Pause::Pause() { state->paused = true; }
Pause::~Pause() { state->paused = false; }

ShortTransfers::ShortTransfers(std::size_t bytes) { state->most_bytes = bytes; }
ShortTransfers::~ShortTransfers() { state->most_bytes = ~std::size_t{0}; }

Counting::Counting() {
    for (auto &count : state->counts) count = 0;
    state->counting = true;
}

Counting::~Counting() { state->counting = false; }

int Counting::of(const Call &call) const { return state->counts[static_cast<std::size_t>(index_of(call))]; }

} // namespace faulty

// What the linker calls in place of NAME is __wrap_NAME, and what NAME was is __real_NAME.
extern "C" {

using CloneFunction = int (*)(void *);

int __real___clone(CloneFunction function, void *stack, int flags, void *argument, ...);
int __real_close(int fd);
int __real_fcntl(int fd, int command, ...);
int __real_ioctl(int fd, unsigned long request, ...);
void *__real_mmap(void *address, std::size_t size, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *address, std::size_t size);
int __real_open(const char *path, int flags, ...);
DIR *__real_opendir(const char *path);
int __real_prctl(int option, ...);
ssize_t __real_read(int fd, void *buffer, std::size_t size);
dirent *__real_readdir(DIR *directory);
int __real_sigwait(const sigset_t *set, int *number);
long __real_syscall(long number, ...);
ssize_t __real_write(int fd, const void *buffer, std::size_t size);

// What is struck in the plain way: -1, and errno.
#define BACKCHAT_WRAP(result, name, parameters, arguments)                                                             \
    result __real_##name parameters;                                                                                   \
    result __wrap_##name parameters { return faulty::fails(faulty::name##_call) ? -1 : __real_##name arguments; }
BACKCHAT_WRAP(int, access, (const char *path, int mode), (path, mode))
BACKCHAT_WRAP(int, chdir, (const char *path), (path))
BACKCHAT_WRAP(int, dup2, (int from, int to), (from, to))
BACKCHAT_WRAP(int, eventfd, (unsigned value, int flags), (value, flags))
BACKCHAT_WRAP(int, execve, (const char *path, char *const *argv, char *const *environment), (path, argv, environment))
BACKCHAT_WRAP(pid_t, fork, (), ())
BACKCHAT_WRAP(int, getpriority, (int which, id_t who), (which, who))
BACKCHAT_WRAP(int, kill, (pid_t pid, int number), (pid, number))
BACKCHAT_WRAP(int, pipe, (int *ends), (ends))
BACKCHAT_WRAP(int, pipe2, (int *ends, int flags), (ends, flags))
BACKCHAT_WRAP(int, poll, (pollfd * fds, nfds_t count, int timeout), (fds, count, timeout))
BACKCHAT_WRAP(int, ppoll, (pollfd * fds, nfds_t count, const timespec *timeout, const sigset_t *mask),
              (fds, count, timeout, mask))
BACKCHAT_WRAP(int, setgroups, (std::size_t count, const gid_t *groups), (count, groups))
BACKCHAT_WRAP(int, setpgid, (pid_t pid, pid_t group), (pid, group))
BACKCHAT_WRAP(int, setpriority, (int which, id_t who, int value), (which, who, value))
BACKCHAT_WRAP(int, setregid, (gid_t real, gid_t effective), (real, effective))
BACKCHAT_WRAP(int, setreuid, (uid_t real, uid_t effective), (real, effective))
BACKCHAT_WRAP(int, setrlimit, (int resource, const rlimit *limit), (resource, limit))
BACKCHAT_WRAP(pid_t, setsid, (), ())
BACKCHAT_WRAP(int, sigaction, (int number, const struct sigaction *action, struct sigaction *former),
              (number, action, former))
BACKCHAT_WRAP(int, sigtimedwait, (const sigset_t *set, siginfo_t *info, const timespec *timeout), (set, info, timeout))
BACKCHAT_WRAP(pid_t, wait4, (pid_t pid, int *status, int options, rusage *usage), (pid, status, options, usage))
BACKCHAT_WRAP(int, waitid, (idtype_t type, id_t id, siginfo_t *info, int options), (type, id, info, options))
BACKCHAT_WRAP(pid_t, waitpid, (pid_t pid, int *status, int options), (pid, status, options))
#undef BACKCHAT_WRAP

int __wrap___clone(CloneFunction function, void *stack, int flags, void *argument, ...) {
    va_list more;
    va_start(more, argument);
    pid_t *pidfd = va_arg(more, pid_t *);
    va_end(more);
    if (faulty::fails(faulty::clone_call)) return -1;
    return __real___clone(function, stack, flags, argument, pidfd);
}

int __wrap_close(int fd) {
    const int result = __real_close(fd); // the descriptor is gone even when close says that it failed
    return faulty::fails(faulty::close_call) ? -1 : result;
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

dirent *__wrap_readdir(DIR *directory) {
    return faulty::fails(faulty::readdir_call) ? nullptr : __real_readdir(directory);
}

int __wrap_sigwait(const sigset_t *set, int *number) {
    return faulty::fails(faulty::sigwait_call) ? errno : __real_sigwait(set, number);
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

namespace faulty {

/// Before the first test; what is called before that never fails.
static State *make_state() {
    void *shared = __real_mmap(nullptr, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) throw std::bad_alloc();
    return new (shared) State;
}

[[maybe_unused]] static State *const made = state = make_state();

} // namespace faulty
