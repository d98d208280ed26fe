#pragma once

// System calls that glibc 2.36 does not declare, or of which a new process that still shares our memory must not use
// glibc's form: that one may take locks, speak to other threads (setuid), or be replaced by a sanitizer that keeps
// accounts of descriptors and signals.

#include <csignal>
#include <cstdint>

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

#ifdef __GLIBC__
// glibc exports it and declares it nowhere. NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...) noexcept;
#endif

namespace backchat::platform::raw {

/// clone(2) with a stack of the caller's.
///
/// Not by the name `clone`: ThreadSanitizer (LLVM 13, GCC 12) puts a function of its own in that place, which takes
/// every clone for a fork. With CLONE_VM it makes the calling thread's locks invisible to it from then on.
inline int clone(int (*function)(void *), void *stack, int flags, void *argument, pid_t *pidfd = nullptr) {
#ifdef __GLIBC__
    return ::__clone(function, stack, flags, argument, pidfd);
#else
    return ::clone(function, stack, flags, argument, pidfd);
#endif
}

inline constexpr idtype_t by_pidfd = static_cast<idtype_t>(3); // P_PIDFD, Linux 5.4

inline int pidfd_open(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

inline int pidfd_send_signal(int pidfd, int number) {
    return static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, 0));
}

/// waitid with the fifth argument that glibc's form hides. Waits for children of any exit signal.
inline int waitid(idtype_t type, id_t id, siginfo_t *info, int options, rusage *usage) {
    return static_cast<int>(::syscall(SYS_waitid, type, id, info, options | __WALL, usage));
}

} // namespace backchat::platform::raw
