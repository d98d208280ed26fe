/// Children that the host makes by itself, at the same time as the library.
#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"
#include "stress/in_threads.hpp"
#include "support/native_handle.hpp"
#include "support/unix/descriptors.hpp"

#include <set>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace integration;

/// Gives what a child of the host's own, by plain fork and exec, finds open above 2.
std::string fork_and_list() {
    support::Pipe output;
    const std::string program = child("list_descriptors");
    char *const argv[] = {const_cast<char *>(program.c_str()), nullptr};
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(static_cast<int>(output.write.get()), 1);
        ::execv(argv[0], argv);
        ::_exit(127);
    }
    output.write.reset();
    std::string list = support::read_all(output.read.get());
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    return list;
}

TEST(Races, with_the_hosts_own_forks_leak_nothing_into_them) {
    std::set<std::string> inheritable;
    for (const auto &[number, target] : support::open_descriptors()) {
        if ((::fcntl(number, F_GETFD) & FD_CLOEXEC) == 0) inheritable.insert(target);
    }
    in_threads(4, [&](std::mt19937 &random) {
        if (random() % 2) {
            for (const auto &[number, seen] : parse_descriptors(fork_and_list())) {
                EXPECT_TRUE(number <= 2 || inheritable.contains(seen.target)) << number << ' ' << seen.target;
            }
        } else {
            EXPECT_EQ(output_of({child("exit_with"), "0", "text"}), "text");
        }
    });
}

} // namespace
