#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"

#include <csignal>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace integration;

TEST(Wait, tells_exit_codes) {
    for (const int code : {0, 1, 2, 127, 128, 137, 255}) {
        Popen p({child("exit_with"), std::to_string(code)});
        const Waited ended = p.wait(soon());
        EXPECT_EQ(ended.reason, Reason::exited);
        EXPECT_EQ(ended.status, ExitStatus::exited(code));
        EXPECT_EQ(p.returncode(), code);
    }
}

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

TEST(Wait, times_out_while_the_child_runs) {
    Popen p({child("never_reads")});
    const Stopwatch watch;
    const Waited waited = p.wait(100ms);
    EXPECT_EQ(waited.reason, Reason::timeout);
    EXPECT_FALSE(waited.status);
    EXPECT_FALSE(waited);
    EXPECT_GE(watch.elapsed(), 100ms);
    EXPECT_LT(watch.elapsed(), scaled(2s));
    EXPECT_FALSE(p.poll());
    EXPECT_FALSE(p.returncode());
    EXPECT_EQ(p.wait(0s).reason, Reason::timeout);
    EXPECT_EQ(p.wait(-1s).reason, Reason::timeout);
}

TEST(Wait, gives_the_same_answer_ever_after) {
    Popen p({child("exit_with"), "9"});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(p.wait(forever).status, ExitStatus::exited(9));
        EXPECT_EQ(p.poll(), ExitStatus::exited(9));
        EXPECT_EQ(p.wait(0s).reason, Reason::exited);
    }
}

TEST(Wait, does_not_wait_for_grandchildren) {
    Popen p({child("starts_tree"), "same_group"}, {.out = Redirect::discard()});
    p.kill();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(SIGKILL));
    for (const auto &entry : support::marked_descendants()) ::kill(static_cast<pid_t>(entry.pid), SIGKILL);
}

TEST(Wait, drains_both_outputs_meanwhile) {
    Popen p({child("flood"), "both", std::to_string(4 * mebibyte)});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    EXPECT_TRUE(same_bytes(pattern_bytes(4 * mebibyte), p.asyncread(soon()).data));
    EXPECT_TRUE(same_bytes(pattern_bytes(4 * mebibyte), p.asyncread(soon(), Stream::err).data));
}

TEST(Wait, says_limit_when_the_child_may_wait_for_room) {
    Popen p({child("flood"), "out", "1000000"}, {.buffer_limit = 100000});
    PatternReader reader;
    Waited waited;
    while ((waited = p.wait(soon())).reason == Reason::limit) {
        for (Received got; (got = p.recv());) reader.take(got.data);
    }
    EXPECT_EQ(waited.status, ExitStatus::exited(0));
    for (Received got; (got = p.recv());) reader.take(got.data);
    EXPECT_EQ(reader.count(), 1000000u);
    EXPECT_TRUE(reader.intact());
}

TEST(Wait, by_polling_alone_finds_the_end) {
    Popen p({child("never_writes"), "5"});
    EXPECT_FALSE(p.poll());
    p.close_stdin();
    EXPECT_TRUE(support::eventually([&] { return p.poll().has_value(); }));
    EXPECT_EQ(p.poll(), ExitStatus::exited(5));
}

TEST(Wait, for_a_time_that_no_clock_can_hold) {
    Popen p({child("exit_with"), "1"});
    EXPECT_EQ(p.wait(std::chrono::nanoseconds::max()).status, ExitStatus::exited(1));
    Popen q({child("exit_with"), "2"});
    EXPECT_EQ(q.wait(std::chrono::hours::max()).status, ExitStatus::exited(2));
    Popen r({child("exit_with"), "3"});
    EXPECT_EQ(r.wait(support::Clock::time_point::max()).status, ExitStatus::exited(3));
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
