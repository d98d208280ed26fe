#include "support/host.hpp"

#include "support/leak_guard.hpp"
#include "support/unique_fd.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <string_view>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace support {
namespace {

std::map<std::string, Host> &hosts() {
    static std::map<std::string, Host> all;
    return all;
}

std::string own_program() {
    char path[4096];
    const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
    return std::string(path, length > 0 ? static_cast<std::size_t>(length) : 0);
}

} // namespace

RegisteredHost::RegisteredHost(const char *name, Host host) { hosts().emplace(name, host); }

std::vector<std::string> host_argv(const std::string &name, const std::vector<std::string> &arguments) {
    std::vector<std::string> argv = {own_program(), "--host", name};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
}

void expect_host_succeeds(const std::string &name, const std::vector<std::string> &arguments) {
    auto strings = host_argv(name, arguments);
    std::vector<char *> argv;
    argv.reserve(strings.size() + 1);
    for (auto &string : strings) argv.push_back(string.data());
    argv.push_back(nullptr);

    Pipe output;
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
        ::dup2(output.write.get(), 1);
        ::dup2(output.write.get(), 2);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    output.write.reset();
    const std::string said = read_all(output.read.get());
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
        << "host " << name << " ended with wait status " << status << " and said:\n"
        << said;
}

int run_host_if_asked(int argc, char **argv) {
    if (argc < 3 || std::string_view(argv[1]) != "--host") return -1;
    const auto found = hosts().find(argv[2]);
    if (found == hosts().end()) {
        std::fprintf(stderr, "no host is named '%s'\n", argv[2]);
        return 2;
    }
    std::thread([] {}).join(); // with the first one, ThreadSanitizer starts one of its own, which stays
    const auto before = process_state();
    found->second(std::vector<std::string>(argv + 3, argv + argc));
    const auto left = what_is_left(before);
    EXPECT_EQ(left, "") << "the host has left this behind";
    return testing::UnitTest::GetInstance()->ad_hoc_test_result().Failed() ? 1 : 0;
}

} // namespace support
