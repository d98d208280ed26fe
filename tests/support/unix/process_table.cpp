#include "support/process_table.hpp"

#include "support/unix/descriptors.hpp"

#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace support {
namespace {

constexpr const char *mark_name = "BACKCHAT_TEST_DESCENDANT_OF";

bool carries_mark(std::int64_t pid, const std::string &mark) {
    const std::string environment = '\0' + read_small_file("/proc/" + std::to_string(pid) + "/environ");
    return environment.find('\0' + mark + '\0') != std::string::npos;
}

} // namespace

ProcessEntry look_at(std::int64_t pid) {
    ProcessEntry entry;
    entry.pid = pid;
    const std::string stat = read_small_file("/proc/" + std::to_string(pid) + "/stat");
    const auto open = stat.find('(');
    const auto close = stat.rfind(')'); // a command may have ')' in it
    if (open == std::string::npos || close == std::string::npos) return entry;
    entry.command = stat.substr(open + 1, close - open - 1);
    long long parent = 0, group = 0, session = 0;
    if (std::sscanf(stat.c_str() + close + 1, " %c %lld %lld %lld", &entry.state, &parent, &group, &session) == 4) {
        entry.parent = parent;
        entry.group = group;
        entry.session = session;
    }
    return entry;
}

std::vector<ProcessEntry> children_of_ours() {
    std::vector<ProcessEntry> children;
    for (const auto pid : numbers_in("/proc")) {
        auto entry = look_at(pid);
        if (entry.parent == ::getpid() && entry.state != 'X') children.push_back(std::move(entry));
    }
    return children;
}

void mark_descendants() { ::setenv(mark_name, std::to_string(::getpid()).c_str(), 0); }

std::vector<ProcessEntry> marked_descendants() {
    std::vector<ProcessEntry> marked;
    const char *value = std::getenv(mark_name);
    if (!value) return marked;
    const std::string mark = std::string(mark_name) + '=' + value;
    for (const auto pid : numbers_in("/proc")) {
        if (pid == ::getpid() || !carries_mark(pid, mark)) continue;
        if (auto entry = look_at(pid); entry.alive()) marked.push_back(std::move(entry));
    }
    return marked;
}

void kill_process(std::int64_t pid) { ::kill(static_cast<pid_t>(pid), SIGKILL); }

std::set<std::int64_t> threads() {
    const auto numbers = numbers_in("/proc/self/task");
    return {numbers.begin(), numbers.end()};
}

} // namespace support
