#pragma once

/// The few operating system calls that the child programs need: a port of the programs is a port of this file.

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace os {

inline constexpr int in = 0;
inline constexpr int out = 1;
inline constexpr int err = 2;
/// A test that wants to say when a process ends that outlives stdin gives it a pipe at this number.
inline constexpr int lifeline = 3;

/// Gives what is there, 0 at end of file, -1 on error.
inline long read_some(int descriptor, void *buffer, std::size_t size) {
    long got;
    do got = ::read(descriptor, buffer, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/// Gives false when nobody reads, or on any other error.
inline bool write_all(int descriptor, const void *data, std::size_t size) {
    const char *from = static_cast<const char *>(data);
    while (size > 0) {
        const long wrote = ::write(descriptor, from, size);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        from += wrote;
        size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

inline bool write_text(int descriptor, const char *text) { return write_all(descriptor, text, std::strlen(text)); }

inline void close(int descriptor) { ::close(descriptor); }
inline bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

inline long process_id() { return ::getpid(); }

inline void ignore_signal(int number) { ::signal(number, SIG_IGN); }

/// Ignores those by which a process is asked to end.
inline void ignore_polite_signals() {
    ignore_signal(SIGTERM);
    ignore_signal(SIGINT);
    ignore_signal(SIGHUP);
}

/// Gives the bytes written to a pipe that nobody has read yet.
inline int bytes_waiting(int descriptor) {
    int count = 0;
    return ::ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

/// Nothing that a test has lost may live for ever.
inline void end_in_five_minutes() { ::alarm(300); }

/// Comes back when the other side of `descriptor`, a pipe, is gone; reads nothing.
inline void wait_for_hangup(int descriptor) {
    end_in_five_minutes();
    pollfd one = {descriptor, 0, 0};
    while (::poll(&one, 1, -1) < 0 && errno == EINTR) {
    }
}

/// The same, but comes back after `milliseconds` at the latest. Returns: whether it is gone.
inline bool hangup_within(int descriptor, int milliseconds) {
    pollfd one = {descriptor, 0, 0};
    return ::poll(&one, 1, milliseconds) > 0;
}

[[noreturn]] inline void wait_to_be_killed() {
    end_in_five_minutes();
    for (;;) ::pause();
}

/// Waits for the end of the lifeline where there is one, else for ever.
inline void stay() {
    if (!is_open(lifeline)) wait_to_be_killed();
    wait_for_hangup(lifeline);
}

/// Where a new process of ours belongs.
enum class Place { same_group, own_group, own_session, orphaned };

inline Place place_named(const char *name) {
    if (std::strcmp(name, "own_group") == 0) return Place::own_group;
    if (std::strcmp(name, "own_session") == 0) return Place::own_session;
    if (std::strcmp(name, "orphaned") == 0) return Place::orphaned;
    if (std::strcmp(name, "same_group") == 0) return Place::same_group;
    std::fprintf(stderr, "no such place: %s\n", name);
    std::exit(2);
}

/// Runs `program` with `arguments`, a list that ends in a null pointer, and all our descriptors. Gives its number.
inline long start(const char *program, char *const arguments[], Place place) {
    // Says the number, past an orphan's parent, and then by its end that exec is done: both of its ends close on exec.
    int number_pipe[2];
    if (::pipe2(number_pipe, O_CLOEXEC) != 0) std::exit(3);
    const pid_t first = ::fork();
    if (first < 0) std::exit(3);
    if (first == 0) {
        ::close(number_pipe[0]);
        if (place == Place::own_group) ::setpgid(0, 0);
        if (place == Place::own_session) ::setsid();
        if (place == Place::orphaned && ::fork() != 0) ::_exit(0);
        const long own = ::getpid();
        write_all(number_pipe[1], &own, sizeof own);
        ::execv(program, arguments);
        ::_exit(127);
    }
    ::close(number_pipe[1]);
    long number = 0;
    if (read_some(number_pipe[0], &number, sizeof number) != sizeof number) std::exit(3);
    char end;
    read_some(number_pipe[0], &end, sizeof end);
    ::close(number_pipe[0]);
    if (place == Place::orphaned) ::waitpid(first, nullptr, 0);
    return number;
}

} // namespace os
