#include "support/leak_guard.hpp"

#include "support/process_table.hpp"
#include "support/time.hpp"

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstdint>
#include <iterator>
#include <vector>

#include <sys/prctl.h>
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

/// True for what may still be on its way out when the call that ended it has come back: the kernel lists a joined
/// thread until it is gone, and an orphan whose lifeline was cut has yet to run.
bool may_be_ending(const std::string &line) {
    return line.compare(0, 7, "thread ") == 0 || line.compare(0, 11, "descendant ") == 0;
}

Lines only_in(const Lines &some, const Lines &others) {
    Lines rest;
    std::set_difference(some.begin(), some.end(), others.begin(), others.end(), std::inserter(rest, rest.end()));
    return rest;
}

} // namespace

Lines process_state() {
    Lines lines;
    add_descriptors(lines);
    add_threads(lines);
    add_processes(lines);
    add_signals(lines);
    add_process_attributes(lines);
    return lines;
}

std::string difference(const Lines &before, const Lines &after) {
    std::string text;
    for (const auto &line : only_in(after, before)) text += "+ " + line + '\n';
    // That a thread or a descendant of an earlier test has come to its end meanwhile is none of this one's.
    for (const auto &line : only_in(before, after)) {
        if (!may_be_ending(line)) text += "- " + line + '\n';
    }
    return text;
}

std::string what_is_left(const Lines &before) {
    Lines after;
    eventually(
        [&] {
            after = process_state();
            const auto extra = only_in(after, before);
            return std::none_of(extra.begin(), extra.end(), may_be_ending);
        },
        std::chrono::seconds(2));
    return difference(before, after);
}

void LeakGuard::OnTestStart(const testing::TestInfo &) { before_ = process_state(); }

void LeakGuard::OnTestEnd(const testing::TestInfo &) {
    const std::string left = what_is_left(before_);
    if (left.empty()) return;
    ADD_FAILURE() << "the test has left this behind:\n" << left;
    for (const auto &entry : marked_descendants()) ::kill(static_cast<pid_t>(entry.pid), SIGKILL); // not the next one's
}

} // namespace support
