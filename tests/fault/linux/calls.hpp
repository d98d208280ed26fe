#pragma once

/// By which calls the platform layer for Linux does what every platform does.

#include "fault/faulty_calls.hpp"

#include <sys/syscall.h>

namespace faulty {

inline constexpr Call make_pipe{"pipe2"};
inline constexpr Call make_process{"__clone"};
inline constexpr Call wait_for_events{"ppoll"};
inline constexpr Call make_wakeup{"eventfd"};
inline constexpr Call reap{"syscall", SYS_waitid};
inline constexpr Call send_signal{"syscall", SYS_pidfd_send_signal};
inline constexpr Call take_signal{"sigtimedwait"};

// In the new process.
inline constexpr Call setsid{"syscall", SYS_setsid};
inline constexpr Call setpgid{"syscall", SYS_setpgid};
inline constexpr Call setpriority{"syscall", SYS_setpriority};
inline constexpr Call copy_to{"syscall", SYS_dup3};
inline constexpr Call chdir{"syscall", SYS_chdir};
inline constexpr Call set_limit{"syscall", SYS_prlimit64};
inline constexpr Call setgroups{"syscall", SYS_setgroups};
inline constexpr Call setgid{"syscall", SYS_setresgid};
inline constexpr Call setuid{"syscall", SYS_setresuid};
inline constexpr Call execve{"syscall", SYS_execve};

/// The system calls that are made by number. rt_sigprocmask is not among them: it fails for wrong arguments alone, and
/// without it no mask could be put back.
inline constexpr long numbers[] = {SYS_close_range,
                                   SYS_pidfd_open,
                                   SYS_pidfd_send_signal,
                                   SYS_waitid,
                                   SYS_execve,
                                   SYS_dup3,
                                   SYS_fcntl,
                                   SYS_chdir,
                                   SYS_setsid,
                                   SYS_setpgid,
                                   SYS_umask,
                                   SYS_setpriority,
                                   SYS_getpriority,
                                   SYS_sched_setaffinity,
                                   SYS_prlimit64,
                                   SYS_setgroups,
                                   SYS_setresgid,
                                   SYS_setresuid,
                                   SYS_prctl,
                                   SYS_openat,
                                   SYS_getdents64,
                                   SYS_close,
                                   SYS_rt_sigaction};

/// Whether the new process may fail without a chance to say why.
inline constexpr bool told_by_a_pipe_alone = false;

} // namespace faulty
