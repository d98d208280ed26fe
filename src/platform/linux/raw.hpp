#pragma once

// System calls that glibc 2.36 does not declare, or of which a new process that still shares our memory must not use
// glibc's form: that one may take locks, speak to other threads (setuid), or be replaced by a sanitizer that keeps
// accounts of descriptors and signals.

#include <csignal>
#include <cstdint>
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

namespace backchat::platform::raw {

inline constexpr idtype_t by_pidfd = static_cast<idtype_t>(3); // P_PIDFD, Linux 5.4

inline int pidfd_open(pid_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

inline int pidfd_send_signal(int pidfd, int number) {
    return static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, 0));
}

/// waitid with the fifth argument that glibc's form hides. Waits for children of any exit signal.
inline int waitid(idtype_t type, id_t id, siginfo_t *info, int options, rusage *usage) {
    return static_cast<int>(::syscall(SYS_waitid, type, id, info, options | __WALL, usage));
}

} // namespace backchat::platform::raw
