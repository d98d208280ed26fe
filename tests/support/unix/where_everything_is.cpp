#include "support/process_table.hpp"
#include "support/unix/descriptors.hpp"
#include "support/watchdog.hpp"

#include <cstdio>
#include <string>

#include <unistd.h>

namespace support {
namespace {

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

void print_where_everything_is() {
    for (const auto thread : threads()) print_task("thread", thread, "/proc/self/task/" + std::to_string(thread));
    for (const auto &[number, target] : open_descriptors()) {
        std::fprintf(stderr, "  descriptor %d -> %s\n", number, target.c_str());
    }
    for (const auto &child : children_of_ours()) {
        print_task("child", child.pid, "/proc/" + std::to_string(child.pid));
        print_file("/proc/" + std::to_string(child.pid), "cmdline");
    }
    for (const auto &entry : marked_descendants()) {
        if (entry.parent != ::getpid()) print_task("descendant", entry.pid, "/proc/" + std::to_string(entry.pid));
    }
}

} // namespace support
