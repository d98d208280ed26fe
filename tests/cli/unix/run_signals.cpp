#include "cli/command.hpp"
#include "cli/unix/terminal.hpp"
#include "integration/lifeline.hpp"
#include "support/feature.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"

#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace {

using namespace cli_tests;

/// Says each SIGINT that comes, and on SIGTERM, SIGHUP or SIGQUIT how many there were. Taken one at a time, the lower
/// number first: an INT that was sent before the other is always counted.
BACKCHAT_HOST(counts_interrupts) {
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&wanted, number);
    sigprocmask(SIG_BLOCK, &wanted, nullptr);
    ::alarm(300);
    std::printf("ready\n");
    std::fflush(stdout);
    int interrupts = 0;
    for (;;) {
        int number = 0;
        sigwait(&wanted, &number);
        if (number == SIGINT) {
            ++interrupts;
            std::printf("int\n");
        } else {
            std::printf("signal %d after %d interrupts\n", number, interrupts);
        }
        std::fflush(stdout);
        if (number != SIGINT) std::_Exit(0);
    }
}

TEST(RunSignals, are_forwarded_to_the_child) {
    for (const int number : {SIGTERM, SIGHUP, SIGQUIT}) {
        Popen p(run_with({}, support::host_argv("counts_interrupts")));
        read_until_text(p, "ready\n");
        EXPECT_TRUE(p.send_signal(number));
        EXPECT_EQ(read_until_text(p, "interrupts\n"), "signal " + std::to_string(number) + " after 0 interrupts\n");
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    }
}

TEST(RunSignals, can_come_again_and_again) {
    Popen p(run_with({}, support::host_argv("counts_interrupts")));
    read_until_text(p, "ready\n");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(p.send_signal(SIGINT));
        read_until_text(p, "int\n");
    }
    EXPECT_TRUE(p.send_signal(SIGTERM));
    EXPECT_THAT(read_until_text(p, "interrupts\n"), HasSubstr("after 3 interrupts"));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunSignals, are_forwarded_to_the_whole_tree) {
    BACKCHAT_NEEDS(descendants);
    Popen p(run_with({}, {child("starts_tree"), "same_group", "own_session", "orphaned", "deep"}));
    const auto pids = numbers_in(support::split(read_until(p, [](const std::string &text) {
        return text.find("deep\n") != std::string::npos && text.find("ready\n") != std::string::npos;
    })));
    EXPECT_EQ(pids.size(), 5u);
    EXPECT_TRUE(p.send_signal(SIGTERM));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(128 + SIGTERM));
    for (const Pid pid : pids) EXPECT_TRUE(support::dies_soon(pid)) << pid;
}

TEST(RunSignals, do_not_end_us_before_the_child) {
    Popen p(run_with({}, {child("ends_on_terminate"), "9"}));
    read_until_text(p, "ready\n");
    EXPECT_TRUE(p.send_signal(SIGTERM));
    EXPECT_EQ(read_until_text(p, "terminating\n"), "terminating\n");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(9));
}

TEST(RunSignals, reach_those_who_outlive_the_child) {
    BACKCHAT_NEEDS(adoption);
    const Lifeline lifeline;
    Popen p(run_with({"--linger", "forever"}, {child("holds_pipe"), "silent", "same_group", "exit", "5"}),
            lifeline.tied());
    const Pid holder = std::stoll(read_lines(p, 1));
    // Once the child is gone, the command is the holder's parent.
    ASSERT_TRUE(support::eventually([&] { return support::look_at(holder).parent == p.pid(); }));
    EXPECT_TRUE(p.send_signal(SIGTERM));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(5));
    EXPECT_TRUE(support::dies_soon(holder));
}

TEST(RunSignals, end_us_when_only_a_reader_of_ours_keeps_us) {
    const support::Pipe unread;
    const TemporaryDirectory folder;
    Popen p(run_with({"--json", folder.path("report")},
                     {"/bin/sh", "-c", "\"$0\" out 800000; echo done >&2; exit 5", child("flood")}),
            {.out = Redirect::handle(unread.write.get())});
    ASSERT_EQ(p.wait_output(soon()).data, "done\n");
    // Now or soon, the child has ended, and what it wrote waits in front of a pipe that nobody reads.
    ASSERT_TRUE(support::eventually([&] { return !p.send_signal(SIGHUP); }));
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(128 + SIGHUP));
    EXPECT_EQ(Json::parse(folder.read("report"))["bytes"]["stdout"], 800000);
}

TEST(RunSignals, that_are_ignored_stay_ignored) {
    Arguments argv = {"/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh"};
    const Arguments tail = run_with({}, {child("print_signal_state")});
    argv.insert(argv.end(), tail.begin(), tail.end());
    EXPECT_THAT(ended(argv).out, HasSubstr("ignored " + std::to_string(SIGHUP) + "\n"));
}

TEST(RunSignals, are_at_their_defaults_for_the_child) {
    EXPECT_EQ(command_ended({"run", "--", child("print_signal_state")}).out, "blocked\nignored\npending\n");
}

BACKCHAT_HOST(ignores_sigchld_and_runs_the_command) {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    struct sigaction former;
    ASSERT_EQ(sigaction(SIGCHLD, &ignore, &former), 0);
    {
        Popen p(run_with({}, {child("exit_with"), "3"}), {.signals = Signals::inherit});
        ASSERT_EQ(sigaction(SIGCHLD, &former, nullptr), 0);
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(3));
    }
}

TEST(RunSignals, that_the_parent_ignores_do_not_hide_the_exit_code) {
    support::expect_host_succeeds("ignores_sigchld_and_runs_the_command");
}

TEST(RunTerminal, is_given_to_the_child_itself) {
    Terminal terminal(run_with({}, {"sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo all three"}));
    EXPECT_EQ(terminal.read_all(), "all three\r\n");
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunTerminal, is_not_given_where_we_need_the_bytes) {
    Terminal terminal(run_with({"--tag"}, {"sh", "-c", "test -t 0 && ! test -t 1 && ! test -t 2 && echo stdin"}));
    EXPECT_EQ(terminal.read_all(), "out | stdin\r\n");
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunTerminal, can_be_read_from_by_the_child) {
    Terminal terminal(run_with({"--tag"}, {child("echo_back")}));
    terminal.type("typed\n");
    EXPECT_EQ(terminal.read_until("out | typed\r\n"), "typed\r\nout | typed\r\n");
    terminal.type(control('D'));
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunTerminal, interrupt_reaches_the_child_once) {
    for (const Arguments &options : {Arguments{}, Arguments{"--tag"}}) {
        Terminal terminal(run_with(options, support::host_argv("counts_interrupts")));
        terminal.read_until("ready\r\n");
        terminal.type(control('C'));
        terminal.read_until("int\r\n");
        // Forwarded after whatever came before it.
        EXPECT_TRUE(terminal.child().send_signal(SIGTERM));
        EXPECT_THAT(terminal.read_until("interrupts\r\n"), HasSubstr("after 1 interrupts"));
        EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(0));
    }
}

TEST(RunTerminal, interrupted_child_decides_the_exit_code) {
    Terminal terminal(run_with({}, {child("ends_on_terminate"), "17"}));
    terminal.read_until("ready\r\n");
    terminal.type(control('C'));
    EXPECT_THAT(terminal.read_until("interrupted\r\n"), HasSubstr("^C"));
    EXPECT_EQ(terminal.child().wait(soon()).status, ExitStatus::exited(17));
}

} // namespace
