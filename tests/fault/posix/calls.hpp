#pragma once

/// By which calls the portable platform layer does what every platform does.

#include "fault/faulty_calls.hpp"

#include <array>

namespace faulty {

inline constexpr Call make_pipe{"pipe"};
inline constexpr Call make_process{"fork"};
inline constexpr Call wait_for_events{"poll"};
inline constexpr Call make_wakeup{"pipe"};
inline constexpr Call reap{"wait4"};
inline constexpr Call send_signal{"kill"};
inline constexpr Call take_signal{"sigwait"};

// In the new process.
inline constexpr Call setsid{"setsid"};
inline constexpr Call setpgid{"setpgid"};
inline constexpr Call setpriority{"setpriority"};
inline constexpr Call copy_to{"dup2"};
inline constexpr Call chdir{"chdir"};
inline constexpr Call set_limit{"setrlimit"};
inline constexpr Call setgroups{"setgroups"};
inline constexpr Call setgid{"setregid"};
inline constexpr Call setuid{"setreuid"};
inline constexpr Call execve{"execve"};

/// No system call is made by number.
inline constexpr std::array<long, 0> numbers{};

/// Whether the new process may fail without a chance to say why.
inline constexpr bool told_by_a_pipe_alone = true;

} // namespace faulty
