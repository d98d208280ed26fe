#pragma once

#include <backchat/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace backchat::platform::proc {

/// What /proc/PID/stat says of a process.
struct Stat {
    pid_t pid = 0;
    char state = '?'; // R S D T t Z X
    pid_t parent = 0;
    pid_t group = 0;
    pid_t session = 0;
    int threads = 0;
    std::uint64_t start_time = 0; // clock ticks since boot: with the number, it names one process for ever
    std::string name;

    /// A process whose first thread alone has ended shows state Z, too, and goes on.
    bool dead() const { return state == 'X' || (state == 'Z' && threads <= 1); }
    /// Runs no instruction of its own: cannot fork. Of one whose first thread has ended that cannot be told.
    bool halted() const { return state == 'T' || state == 't' || state == 'Z' || state == 'X'; }
};

/// Reads one line of /proc/PID/stat. Nothing for one that is not of that form.
std::optional<Stat> parse_stat(std::string_view line);

/// Whether /proc can be read, and speaks of our processes: it may not be mounted, there may be no descriptor left to
/// read it with, or it may be that of an outer PID namespace, where our numbers are other processes'.
bool can_look();

/// Nothing when there is no such process, or !can_look().
std::optional<Stat> stat(pid_t pid);
std::vector<Stat> all_stats();
/// The numbers of all processes, in no order.
std::vector<pid_t> all_pids();

/// The numbers of a process's children, zombies included. May miss one that comes or goes meanwhile.
std::vector<pid_t> children(pid_t pid);

/// The arguments joined by blanks, or the name in brackets where there are none.
std::string command(pid_t pid);

} // namespace backchat::platform::proc
