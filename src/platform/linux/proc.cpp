#include "platform/linux/proc.hpp"

#include "platform/unix/descriptor.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace backchat::platform::proc {
namespace {

std::string path(pid_t pid, const char *file) { return "/proc/" + std::to_string(pid) + "/" + file; }

/// Gives what can be read of a file; empty when it is gone or not ours to see.
std::string read_file(const std::string &name) {
    const FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    std::string text;
    if (!file) return text;
    std::array<char, 4096> piece;
    for (;;) {
        const ssize_t n = ::read(file.get(), piece.data(), piece.size());
        if (n > 0) text.append(piece.data(), static_cast<std::size_t>(n));
        else if (n == 0 || errno != EINTR) return text;
    }
}

/// Takes the next blank-separated number off the front.
template <class Number>
bool take_number(std::string_view &text, Number &number) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// The entries of a directory that are numbers.
std::vector<pid_t> numbers_in(const std::string &name) {
    std::vector<pid_t> numbers;
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir(name.c_str()), ::closedir);
    if (!directory) return numbers;
    while (const dirent *entry = ::readdir(directory.get())) {
        const std::string_view text = entry->d_name;
        pid_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size()) numbers.push_back(number);
    }
    return numbers;
}

} // namespace

std::optional<Stat> parse_stat(std::string_view line) {
    // 12 (name, which may hold blanks and parentheses) S 1 12 12 ...
    Stat result;
    const std::size_t open = line.find('(');
    const std::size_t close = line.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
    std::string_view number = line.substr(0, open);
    if (!take_number(number, result.pid)) return std::nullopt;
    result.name = line.substr(open + 1, close - open - 1);

    std::string_view rest = line.substr(close + 1);
    if (rest.size() < 3) return std::nullopt;
    result.state = rest[1];
    rest.remove_prefix(2);
    if (!take_number(rest, result.parent) || !take_number(rest, result.group) || !take_number(rest, result.session))
        return std::nullopt;
    // Of fields 7 to 21 of proc(5), which lie between, only the number of threads matters here; some are negative, and
    // some too large for a signed number.
    for (int field = 7; field < 22; ++field) {
        std::int64_t value = 0;
        std::uint64_t large = 0;
        if (!take_number(rest, value) && !take_number(rest, large)) return std::nullopt;
        if (field == 20) result.threads = static_cast<int>(value);
    }
    if (!take_number(rest, result.start_time)) return std::nullopt;
    return result;
}

bool can_look() {
    std::array<char, 16> self;
    const ssize_t n = ::readlink("/proc/self", self.data(), self.size());
    const std::string own = std::to_string(::getpid());
    return n > 0 && std::string_view(self.data(), static_cast<std::size_t>(n)) == own && stat(::getpid());
}

std::optional<Stat> stat(pid_t pid) { return parse_stat(read_file(path(pid, "stat"))); }

std::vector<pid_t> all_pids() { return numbers_in("/proc"); }

std::vector<Stat> all_stats() {
    std::vector<Stat> stats;
    for (const pid_t pid : all_pids())
        if (auto found = stat(pid)) stats.push_back(std::move(*found)); // one may have gone since it was listed
    return stats;
}

std::vector<pid_t> children(pid_t pid) {
    std::vector<pid_t> found;
    const std::vector<pid_t> threads = numbers_in(path(pid, "task"));
    bool listed = threads.empty(); // gone; else whether the kernel has the list (CONFIG_PROC_CHILDREN)
    for (const pid_t thread : threads) {
        const std::string name = path(pid, "task/") + std::to_string(thread) + "/children";
        const std::string text = read_file(name);
        listed = listed || !text.empty() || ::access(name.c_str(), F_OK) == 0;
        std::string_view rest = text;
        for (pid_t child = 0; take_number(rest, child);) found.push_back(child);
    }
    if (listed) return found;
    for (const Stat &each : all_stats())
        if (each.parent == pid) found.push_back(each.pid);
    return found;
}

std::string command(pid_t pid) {
    std::string text = read_file(path(pid, "cmdline"));
    while (text.ends_with('\0')) text.pop_back();
    for (char &c : text)
        if (c == '\0') c = ' ';
    if (!text.empty()) return text;
    const auto found = stat(pid);
    return found ? "[" + found->name + "]" : std::string();
}

} // namespace backchat::platform::proc
