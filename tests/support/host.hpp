#pragma once

#include <string>
#include <vector>

namespace support {

/// What a test must not do to its own process (ignore SIGCHLD, close stdin, drop privileges) it does in a host: a
/// function that runs in a fresh copy of the test program.
///
///     BACKCHAT_HOST(ignores_sigchld) { …; EXPECT_EQ(…); }
///     TEST(Wait, says_unknown_when_host_ignores_sigchld) { support::expect_host_succeeds("ignores_sigchld"); }
///
/// Assertions work in a host as in a test; the leak guard looks at it too.
using Host = void (*)(const std::vector<std::string> &arguments);

/// Gives the argv that runs a host.
std::vector<std::string> host_argv(const std::string &name, const std::vector<std::string> &arguments = {});

/// Runs a host to its end and fails, with its output, unless all went well there.
/// The program is started with the system's own means, since how the library does it is what is being tested.
void expect_host_succeeds(const std::string &name, const std::vector<std::string> &arguments = {});

/// How a program ended, and what it said on stdout and stderr.
struct HostRun {
    std::string ended; // "exit code 0", or otherwise as the system has it
    std::string said;
};

/// Runs a program to its end with the system's own means.
HostRun run_program(const std::vector<std::string> &argv);
/// Gives the path of the running program.
std::string own_program();

/// If the command line asks for a host, runs it and gives the exit code; else gives -1.
int run_host_if_asked(int argc, char **argv);

struct RegisteredHost {
    RegisteredHost(const char *name, Host host);
};

} // namespace support

#define BACKCHAT_HOST(name)                                                                                            \
    static void host_##name([[maybe_unused]] const std::vector<std::string> &arguments);                               \
    static const support::RegisteredHost registered_##name(#name, host_##name);                                        \
    static void host_##name([[maybe_unused]] const std::vector<std::string> &arguments)
