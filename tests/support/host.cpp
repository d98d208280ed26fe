#include "support/host.hpp"

#include "support/leak_guard.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <string_view>

namespace support {
namespace {

std::map<std::string, Host> &hosts() {
    static std::map<std::string, Host> all;
    return all;
}

} // namespace

RegisteredHost::RegisteredHost(const char *name, Host host) { hosts().emplace(name, host); }

std::vector<std::string> host_argv(const std::string &name, const std::vector<std::string> &arguments) {
    std::vector<std::string> argv = {own_program(), "--host", name};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
}

void expect_host_succeeds(const std::string &name, const std::vector<std::string> &arguments) {
    const HostRun run = run_program(host_argv(name, arguments));
    EXPECT_EQ(run.ended, "exit code 0") << "host " << name << " said:\n" << run.said;
}

int run_host_if_asked(int argc, char **argv) {
    if (argc < 3 || std::string_view(argv[1]) != "--host") return -1;
    const auto found = hosts().find(argv[2]);
    if (found == hosts().end()) {
        std::fprintf(stderr, "no host is named '%s'\n", argv[2]);
        return 2;
    }
    settle_process();
    const auto before = process_state();
    found->second(std::vector<std::string>(argv + 3, argv + argc));
    const auto left = what_is_left(before);
    EXPECT_EQ(left, "") << "the host has left this behind";
    return testing::UnitTest::GetInstance()->ad_hoc_test_result().Failed() ? 1 : 0;
}

} // namespace support
