#include "platform/holders.hpp"

#include "platform/linux/pipe_impl.hpp"
#include "platform/linux/proc.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
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

/// True when a descriptor of another process was opened for writing.
bool writes(const std::string &fdinfo) {
    std::ifstream file(fdinfo);
    std::string key;
    std::string value;
    while (file >> key >> value) {
        if (key != "flags:") continue;
        const long flags = std::strtol(value.c_str(), nullptr, 8);
        return (flags & O_ACCMODE) != O_RDONLY;
    }
    return false;
}

Holds holds(pid_t pid, const std::string &pipe) {
    const std::string base = "/proc/" + std::to_string(pid);
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir((base + "/fd").c_str()), ::closedir);
    if (!directory) return errno == EACCES || errno == EPERM ? Holds::unknown : Holds::no;
    while (const dirent *entry = ::readdir(directory.get())) {
        std::array<char, 64> target;
        const ssize_t n = ::readlink((base + "/fd/" + entry->d_name).c_str(), target.data(), target.size());
        if (n <= 0 || std::string_view(target.data(), static_cast<std::size_t>(n)) != pipe) continue;
        if (writes(base + "/fdinfo/" + entry->d_name)) return Holds::yes;
    }
    return Holds::no;
}

} // namespace

Holders holders_of(const ReadEnd &end) {
    Holders holders;
    struct stat self {};
    if (::fstat(end.impl().fd.get(), &self) < 0) return {{}, false};
    const std::string pipe = "pipe:[" + std::to_string(self.st_ino) + "]";
    const pid_t own = ::getpid();
    // Where nobody can be named, that is not to say that nobody is there.
    if (!proc::can_look()) return {{}, false};
    for (const pid_t pid : proc::all_pids()) {
        if (pid == own) continue;
        switch (holds(pid, pipe)) {
        case Holds::yes: holders.processes.push_back({pid, proc::command(pid)}); break;
        case Holds::unknown: holders.complete = false; break;
        case Holds::no: break;
        }
    }
    return holders;
}

} // namespace backchat::platform
