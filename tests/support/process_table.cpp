#include "support/process_table.hpp"

#include "support/time.hpp"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace support {
namespace {

constexpr const char *mark_name = "BACKCHAT_TEST_DESCENDANT_OF";

std::vector<std::int64_t> numbers_in(const char *folder) {
    std::vector<std::int64_t> numbers;
    DIR *directory = ::opendir(folder);
    if (!directory) return numbers;
    while (const dirent *entry = ::readdir(directory)) {
        if (std::isdigit(static_cast<unsigned char>(entry->d_name[0]))) {
            numbers.push_back(std::strtoll(entry->d_name, nullptr, 10));
        }
    }
    ::closedir(directory);
    return numbers;
}

std::string link_target(const std::string &path) {
    char target[4096];
    const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
    return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

bool carries_mark(std::int64_t pid, const std::string &mark) {
    const std::string environment = '\0' + read_small_file("/proc/" + std::to_string(pid) + "/environ");
    return environment.find('\0' + mark + '\0') != std::string::npos;
}

} // namespace

std::string read_small_file(const std::string &path) {
    std::string text;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return text;
    char piece[4096];
    for (ssize_t got; (got = ::read(file, piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(got));
    ::close(file);
    return text;
}

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

bool is_alive(std::int64_t pid) { return look_at(pid).alive(); }

bool dies_soon(std::int64_t pid) {
    return eventually([pid] { return !is_alive(pid); });
}

std::vector<ProcessEntry> children_of_ours() {
    std::vector<ProcessEntry> children;
    for (const auto pid : numbers_in("/proc")) {
        auto entry = look_at(pid);
        if (entry.parent == ::getpid() && entry.state != 'X') children.push_back(std::move(entry));
    }
    return children;
}

// A host keeps the mark of the test that runs it: the test's watchdog must find what the host has lost.
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

std::map<int, std::string> open_descriptors() {
    std::map<int, std::string> descriptors;
    for (const auto number : numbers_in("/proc/self/fd")) {
        // The descriptor by which the folder was read is gone by now, and has no target.
        auto target = link_target("/proc/self/fd/" + std::to_string(number));
        if (!target.empty()) descriptors.emplace(static_cast<int>(number), std::move(target));
    }
    return descriptors;
}

std::set<std::int64_t> threads() {
    const auto numbers = numbers_in("/proc/self/task");
    return {numbers.begin(), numbers.end()};
}

} // namespace support
