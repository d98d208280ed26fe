#pragma once

/// What os.hpp declares, for Unix.

#include "os.hpp"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <initializer_list>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char **environ;

namespace os {

inline long read_some(int descriptor, void *buffer, std::size_t size) {
    long got;
    do got = ::read(descriptor, buffer, size);
    while (got < 0 && errno == EINTR);
    return got;
}

inline long write_some(int descriptor, const void *data, std::size_t size) {
    long wrote;
    do wrote = ::write(descriptor, data, size);
    while (wrote < 0 && errno == EINTR);
    return wrote;
}

inline void close(int descriptor) { ::close(descriptor); }
inline bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

inline char **arguments(char **argv) { return argv; }
inline char **environment() { return environ; }
inline bool working_directory(char *path, std::size_t size) { return ::getcwd(path, size) != nullptr; }

inline void ignore_broken_pipes() { ::signal(SIGPIPE, SIG_IGN); }

inline void ignore_polite_signals() {
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::signal(number, SIG_IGN);
}

inline sigset_t polite_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

inline void catch_polite_signals() {
    const sigset_t set = polite_signals();
    sigprocmask(SIG_BLOCK, &set, nullptr);
}

inline PoliteSignal wait_for_polite_signal() {
    const sigset_t set = polite_signals();
    int number = 0;
    sigwait(&set, &number);
    return number == SIGTERM ? PoliteSignal::terminate : PoliteSignal::interrupt;
}

inline long pipe_capacity([[maybe_unused]] int descriptor) {
#ifdef F_GETPIPE_SZ
    return ::fcntl(descriptor, F_GETPIPE_SZ);
#else
    return -1;
#endif
}

inline bool may_run_on([[maybe_unused]] unsigned processor) {
#ifdef CPU_SETSIZE
    cpu_set_t set;
    return processor < CPU_SETSIZE && sched_getaffinity(0, sizeof set, &set) == 0 && CPU_ISSET(processor, &set);
#else
    return true;
#endif
}

inline long processor_milliseconds() { return static_cast<long>(std::clock() / (CLOCKS_PER_SEC / 1000)); }

[[noreturn]] inline void kill_self() {
    for (;;) ::kill(::getpid(), SIGKILL);
}

inline void end_in_five_minutes() { ::alarm(300); }

inline bool hangup_within(int descriptor, int milliseconds) {
    pollfd one = {descriptor, 0, 0};
    return ::poll(&one, 1, milliseconds) > 0;
}

inline void wait_for_hangup(int descriptor) {
    end_in_five_minutes();
    pollfd one = {descriptor, 0, 0};
    while (::poll(&one, 1, -1) < 0 && errno == EINTR) {
    }
}

[[noreturn]] inline void wait_to_be_killed() {
    end_in_five_minutes();
    for (;;) ::pause();
}

inline long start(const char *program, char *const arguments[], Place place) {
    // Says the number, past an orphan's parent, and then by its end that exec is done: both of its ends close on exec.
    int number_pipe[2];
    if (::pipe(number_pipe) != 0) std::exit(3);
    for (const int end : number_pipe) ::fcntl(end, F_SETFD, FD_CLOEXEC);
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
