#include "support/watchdog.hpp"

#include "support/process_table.hpp"
#include "support/time.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace support {
namespace {

Watchdog *installed = nullptr;

void print_file(const std::string &folder, const char *name) {
    std::string text = read_small_file(folder + '/' + name);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\0')) text.pop_back();
    for (char &byte : text) {
        if (byte == '\0') byte = ' ';
    }
    std::fprintf(stderr, "    %-8s %s\n", name, text.c_str());
}

void print_task(const char *what, std::int64_t number, const std::string &folder) {
    std::fprintf(stderr, "  %s %lld\n", what, static_cast<long long>(number));
    for (const char *name : {"stat", "wchan", "syscall"}) print_file(folder, name);
}

} // namespace

Watchdog::Watchdog() : thread_([this] { guard(); }) { installed = this; }

Watchdog::~Watchdog() {
    installed = nullptr;
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Watchdog::OnTestStart(const testing::TestInfo &test) {
    {
        const std::lock_guard lock(mutex_);
        test_ = std::string(test.test_suite_name()) + '.' + test.name();
        expires_ = Clock::now() + scaled(usual_bound);
    }
    changed_.notify_all();
}

void Watchdog::OnTestEnd(const testing::TestInfo &) {
    const std::lock_guard lock(mutex_);
    test_.clear();
}

void Watchdog::allow(std::chrono::nanoseconds bound) {
    {
        const std::lock_guard lock(mutex_);
        expires_ = Clock::now() + scaled(bound);
    }
    changed_.notify_all();
}

void Watchdog::guard() {
    std::unique_lock lock(mutex_);
    while (!done_) {
        if (test_.empty()) {
            changed_.wait(lock);
        } else if (Clock::now() < expires_) {
            changed_.wait_until(lock, expires_);
        } else {
            bark();
        }
    }
}

void Watchdog::bark() {
    std::fprintf(stderr, "\nwatchdog: %s takes too long; this is where it is\n", test_.c_str());
    for (const auto thread : threads()) print_task("thread", thread, "/proc/self/task/" + std::to_string(thread));
    for (const auto &[number, target] : open_descriptors()) {
        std::fprintf(stderr, "  descriptor %d -> %s\n", number, target.c_str());
    }
    for (const auto &child : children_of_ours()) {
        print_task("child", child.pid, "/proc/" + std::to_string(child.pid));
        print_file("/proc/" + std::to_string(child.pid), "cmdline");
    }
    const auto descendants = marked_descendants();
    for (const auto &entry : descendants) {
        if (entry.parent != ::getpid()) print_task("descendant", entry.pid, "/proc/" + std::to_string(entry.pid));
    }
    // Nobody would end them after us.
    for (const auto &entry : descendants) ::kill(static_cast<pid_t>(entry.pid), SIGKILL);
    std::fflush(stderr);
    std::abort();
}

void allow_time(std::chrono::nanoseconds bound) {
    if (installed) installed->allow(bound);
}

} // namespace support
