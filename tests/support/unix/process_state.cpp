#include "support/leak_guard.hpp"
#include "support/process_table.hpp"
#include "support/unix/descriptors.hpp"

#include <climits>
#include <csignal>
#include <cstdint>
#include <string>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <unistd.h>

namespace support {
namespace {

using Lines = std::set<std::string>;

std::string describe(const char *what, const ProcessEntry &entry) {
    return std::string(what) + ' ' + std::to_string(entry.pid) + " (" + entry.command + ")";
}

void add_processes(Lines &lines) {
    for (const auto &child : children_of_ours()) {
        lines.insert(describe(child.alive() ? "child" : "zombie", child));
    }
    for (const auto &descendant : marked_descendants()) {
        if (descendant.parent != ::getpid()) lines.insert(describe("descendant", descendant));
    }
}

void add_descriptors(Lines &lines) {
    for (const auto &[number, target] : open_descriptors()) {
        lines.insert("descriptor " + std::to_string(number) + " -> " + target);
    }
}

void add_threads(Lines &lines) {
    for (const auto thread : threads()) lines.insert("thread " + std::to_string(thread));
}

void add_signals(Lines &lines) {
    sigset_t blocked;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    for (int number = 1; number < NSIG; ++number) {
        const std::string name = "signal " + std::to_string(number);
        if (::sigismember(&blocked, number) == 1) lines.insert(name + " blocked");
        struct sigaction action = {};
        if (::sigaction(number, nullptr, &action) != 0) continue;
        if (action.sa_handler == SIG_DFL) continue;
        const bool ignored = action.sa_handler == SIG_IGN;
        lines.insert(name + (ignored ? " ignored"
                                     : " handled at " + std::to_string(reinterpret_cast<std::uintptr_t>(
                                                            reinterpret_cast<void *>(action.sa_handler)))));
    }
}

void add_process_attributes(Lines &lines) {
    const std::string status = read_small_file("/proc/self/status");
    const auto umask = status.find("Umask:");
    if (umask != std::string::npos) lines.insert(status.substr(umask, status.find('\n', umask) - umask));
    char directory[PATH_MAX];
    if (::getcwd(directory, sizeof directory)) lines.insert(std::string("working directory ") + directory);
    int subreaper = 0;
    if (::prctl(PR_GET_CHILD_SUBREAPER, &subreaper) == 0 && subreaper) lines.insert("subreaper");
}

} // namespace

void settle_system() {}

Lines process_state() {
    Lines lines;
    add_descriptors(lines);
    add_threads(lines);
    add_processes(lines);
    add_signals(lines);
    add_process_attributes(lines);
    return lines;
}

} // namespace support
