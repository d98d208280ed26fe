#include "platform/holders.hpp"

#include "platform/linux/proc.hpp"
#include "platform/unix/pipe_impl.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

enum class Holds { no, yes, unknown };

/// Whether what was asked of another process's entry in /proc failed because that is gone, and not for want of a right,
/// a descriptor or memory.
bool is_gone(int error) { return error == ENOENT || error == ESRCH; }

/// Whether a descriptor of another process was opened for writing.
Holds writes(const std::string &fdinfo) {
    const FileDescriptor file(::open(fdinfo.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return is_gone(errno) ? Holds::no : Holds::unknown;
    std::array<char, 256> text; // "pos:\t0\nflags:\t0100001\n..."
    const ssize_t n = ::read(file.get(), text.data(), text.size());
    if (n < 0) return is_gone(errno) ? Holds::no : Holds::unknown;
    const std::string_view info(text.data(), static_cast<std::size_t>(n));
    constexpr std::string_view key = "flags:\t";
    const std::size_t at = info.find(key);
    int flags = 0;
    if (at == std::string_view::npos ||
        std::from_chars(info.data() + at + key.size(), info.data() + info.size(), flags, 8).ec != std::errc())
        return Holds::unknown;
    return (flags & O_ACCMODE) == O_RDONLY ? Holds::no : Holds::yes;
}

Holds holds(pid_t pid, const std::vector<std::string> &pipes) {
    const std::string base = "/proc/" + std::to_string(pid);
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir((base + "/fd").c_str()), ::closedir);
    if (!directory) return is_gone(errno) ? Holds::no : Holds::unknown;
    Holds verdict = Holds::no;
    while (const dirent *entry = ::readdir(directory.get())) {
        std::array<char, 64> target;
        const ssize_t n = ::readlinkat(::dirfd(directory.get()), entry->d_name, target.data(), target.size());
        if (n <= 0) continue;
        const std::string_view name(target.data(), static_cast<std::size_t>(n));
        if (std::find(pipes.begin(), pipes.end(), name) == pipes.end()) continue;
        const Holds one = writes(base + "/fdinfo/" + entry->d_name);
        if (one == Holds::yes) return Holds::yes;
        if (one == Holds::unknown) verdict = Holds::unknown;
    }
    return verdict;
}

/// The names that /proc/PID/fd gives to these pipes.
std::vector<std::string> names_of(std::span<const ReadEnd *const> ends) {
    std::vector<std::string> names;
    for (const ReadEnd *end : ends) {
        struct stat self {};
        if (::fstat(end->impl().fd.get(), &self) == 0) names.push_back("pipe:[" + std::to_string(self.st_ino) + "]");
    }
    return names;
}

} // namespace

Holders holders_of(std::span<const ReadEnd *const> ends, Clock::time_point until) {
    Holders holders;
    if (ends.empty()) return holders;
    // Where nobody can be named, that is not to say that nobody is there.
    if (!proc::can_look()) return {{}, false};
    const std::vector<std::string> pipes = names_of(ends);
    std::vector<pid_t> pids = proc::all_pids();
    holders.complete = pipes.size() == ends.size() && !pids.empty();
    std::sort(pids.rbegin(), pids.rend()); // who holds a child's pipe came after the child
    const pid_t own = ::getpid();
    for (const pid_t pid : pids) {
        if (pid == own) continue;
        if (Clock::now() >= until) return {std::move(holders.processes), false};
        switch (holds(pid, pipes)) {
        case Holds::yes: holders.processes.push_back({pid, proc::command(pid)}); break;
        case Holds::unknown: holders.complete = false; break;
        case Holds::no: break;
        }
    }
    return holders;
}

} // namespace backchat::platform
