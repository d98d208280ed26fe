#pragma once

/// The few operating system calls that the child programs need: a port of the programs is a port of this file's second
/// half, os_unix.hpp and os_windows.hpp. Both have what is declared here; descriptors are the C runtime's on both.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace os {

inline constexpr int in = 0;
inline constexpr int out = 1;
inline constexpr int err = 2;
/// A test that wants to say when a process ends that outlives stdin gives it a pipe at this number.
inline constexpr int lifeline = 3;

/// Gives what is there, 0 at end of file, -1 on error.
long read_some(int descriptor, void *buffer, std::size_t size);
/// Gives the bytes written, -1 when nobody reads or on any other error.
long write_some(int descriptor, const void *data, std::size_t size);
void close(int descriptor);
bool is_open(int descriptor);

/// Gives the arguments of main() in UTF-8.
char **arguments(char **argv);
/// Gives the environment's entries in UTF-8, and a null pointer behind the last.
char **environment();
/// Gives false when `path` is too small.
bool working_directory(char *path, std::size_t size);

/// Makes a write to a pipe that nobody reads fail instead of ending us.
void ignore_broken_pipes();
/// Ignores those signals by which a process is asked to end.
void ignore_polite_signals();
/// What a process is asked to end by.
enum class PoliteSignal { interrupt, terminate };
/// Gets ready for wait_for_polite_signal(): one that comes in between is not lost.
void catch_polite_signals();
PoliteSignal wait_for_polite_signal();

/// Gives the bytes that the pipe at `descriptor` holds, -1 where it is none.
long pipe_capacity(int descriptor);
/// Whether we may run on this processor.
bool may_run_on(unsigned processor);
/// Gives the processor time that we have used.
long processor_milliseconds();

/// Ends this process as the system's task manager would.
[[noreturn]] void kill_self();
/// Nothing that a test has lost may live for ever.
void end_in_five_minutes();
/// Comes back when the other side of `descriptor`, a pipe, is gone, or after `milliseconds`; reads nothing.
/// Returns: whether it is gone.
bool hangup_within(int descriptor, int milliseconds);
/// The same without a bound.
void wait_for_hangup(int descriptor);
[[noreturn]] void wait_to_be_killed();

/// Where a new process of ours belongs. On Windows, where there are no sessions of this kind, own_session is a group of
/// its own without a console.
enum class Place { same_group, own_group, own_session, orphaned };

/// Runs `program` with `arguments`, a list that ends in a null pointer, and all our descriptors. Gives its number.
long start(const char *program, char *const arguments[], Place place);

/// Gives false when nobody reads, or on any other error.
inline bool write_all(int descriptor, const void *data, std::size_t size) {
    const char *from = static_cast<const char *>(data);
    while (size > 0) {
        const long wrote = write_some(descriptor, from, size);
        if (wrote < 0) return false;
        from += wrote;
        size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

inline bool write_text(int descriptor, const char *text) { return write_all(descriptor, text, std::strlen(text)); }

/// Waits for the end of the lifeline where there is one, else for ever.
inline void stay() {
    if (!is_open(lifeline)) wait_to_be_killed();
    wait_for_hangup(lifeline);
}

inline Place place_named(const char *name) {
    if (std::strcmp(name, "own_group") == 0) return Place::own_group;
    if (std::strcmp(name, "own_session") == 0) return Place::own_session;
    if (std::strcmp(name, "orphaned") == 0) return Place::orphaned;
    if (std::strcmp(name, "same_group") == 0) return Place::same_group;
    std::fprintf(stderr, "no such place: %s\n", name);
    std::exit(2);
}

} // namespace os

#ifdef _WIN32
#include "os_windows.hpp"
#else
#include "os_unix.hpp"
#endif
