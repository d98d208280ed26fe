#include "integration/talk.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"
#include "support/unix/descriptors.hpp"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace integration;

TEST(Wait, tells_signals) {
    for (const int number : {SIGHUP, SIGINT, SIGKILL, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1}) {
        Popen p({child("raise_signal"), std::to_string(number)});
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(number));
        EXPECT_EQ(p.returncode(), -number);
    }
    Popen realtime({child("raise_signal"), std::to_string(SIGRTMIN + 3)});
    EXPECT_EQ(realtime.wait(soon()).status, ExitStatus::signaled(SIGRTMIN + 3));
}

TEST(Wait, tells_a_core_dump) {
    const std::string pattern = support::read_small_file("/proc/sys/kernel/core_pattern");
    if (pattern.empty() || pattern[0] == '|' || pattern[0] == '/') {
        GTEST_SKIP() << "core dumps do not go into the child's folder here: " << pattern;
    }
    const support::TemporaryDirectory folder;
    const ResourceLimit unlimited = {Resource::core_size, ResourceLimit::unlimited, ResourceLimit::unlimited};
    Popen dumps({child("raise_signal"), std::to_string(SIGABRT)}, {.cwd = folder.path(), .limits = {unlimited}});
    const auto status = dumps.wait(soon()).status;
    EXPECT_EQ(status, ExitStatus::signaled(SIGABRT, ExitStatus::CoreDump::written));
    EXPECT_TRUE(status->core_dumped());

    Popen does_not({child("raise_signal"), std::to_string(SIGABRT)}, {.limits = {{Resource::core_size, 0, 0}}});
    EXPECT_EQ(does_not.wait(soon()).status, ExitStatus::signaled(SIGABRT));
}

BACKCHAT_HOST(ignores_sigchld) {
    ::signal(SIGCHLD, SIG_IGN);
    {
        Popen p({child("exit_with"), "3", "text"});
        const Waited ended = p.wait(soon());
        EXPECT_EQ(ended.reason, Reason::exited);
        EXPECT_EQ(ended.status, ExitStatus::unknown());
        EXPECT_EQ(p.recv().data, "text");
        EXPECT_FALSE(p.send_signal(SIGTERM));
        EXPECT_EQ(p.returncode(), 0);
    }
    {
        Popen p({child("echo_back")});
        const Completed done = p.communicate("text", soon());
        EXPECT_EQ(done.out, "text");
        EXPECT_EQ(done.reason, Reason::exited);
        EXPECT_EQ(done.status, ExitStatus::unknown());
        EXPECT_FALSE(done.success());
    }
    {
        Popen p({child("runs_until_killed")});
        EXPECT_FALSE(p.poll());
        EXPECT_EQ(p.wait(20ms).reason, Reason::timeout);
        const Stopped stopped = p.stop(100ms);
        EXPECT_TRUE(stopped.ended);
        EXPECT_TRUE(stopped.is_unknown());
    }
    { const Popen dropped({child("runs_until_killed")}); }
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"/no/such/program"});
    ::signal(SIGCHLD, SIG_DFL);
}

TEST(Wait, says_unknown_when_the_host_ignores_sigchld) { support::expect_host_succeeds("ignores_sigchld"); }

BACKCHAT_HOST(reaps_every_child) {
    {
        Popen p({child("exit_with"), "3", "text"});
        const Pid number = p.pid();
        ASSERT_EQ(::waitpid(-1, nullptr, 0), number);
        EXPECT_FALSE(p.send_signal(SIGTERM));
        EXPECT_EQ(p.send_signal_tree(SIGTERM), 0u);
        EXPECT_EQ(p.poll(), ExitStatus::unknown());
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::unknown());
        EXPECT_EQ(p.communicate(soon()).out, "text");
    }
    {
        Popen p({child("echo_back")});
        p.close_stdin();
        ASSERT_EQ(::waitpid(-1, nullptr, 0), p.pid());
        EXPECT_EQ(p.wait(forever).status, ExitStatus::unknown());
    }
    {
        Popen p({child("exit_with"), "0"});
        ASSERT_EQ(::waitpid(-1, nullptr, 0), p.pid());
        EXPECT_TRUE(p.stop(1s).is_unknown());
    }
    {
        const Popen p({child("exit_with"), "0"});
        ASSERT_EQ(::waitpid(-1, nullptr, 0), p.pid());
    }
}

TEST(Wait, says_unknown_when_the_host_has_reaped) { support::expect_host_succeeds("reaps_every_child"); }

BACKCHAT_HOST(has_children_of_its_own) {
    const pid_t own = ::fork();
    ASSERT_GE(own, 0);
    if (own == 0) ::_exit(42);
    ASSERT_TRUE(support::dies_soon(own));
    {
        Popen p({child("exit_with"), "3"});
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(3));
        Popen q({child("runs_until_killed")});
        q.kill_tree();
        const Popen dropped({child("runs_until_killed")});
        EXPECT_EQ(run({child("runs_until_killed")}, {.timeout = 10ms, .grace = 0ms}).reason, Reason::timeout);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(own, &status, 0), own) << "somebody else has reaped the host's child";
    EXPECT_EQ(WEXITSTATUS(status), 42);
}

TEST(Wait, never_reaps_the_hosts_own_children) { support::expect_host_succeeds("has_children_of_its_own"); }

} // namespace
