/// How a child is asked to end and made to, and what its end means.
#include "kernel32/table.hpp"
#include "support/child.hpp"

#include <backchat/backchat.hpp>

#include <optional>

namespace {

using namespace std::chrono_literals;
using namespace table;
using backchat::Deadline;
using backchat::Error;
using backchat::ExitStatus;
using backchat::Popen;
using backchat::ProcessGroup;
using backchat::Stage;
using backchat::StopAction;
using support::child;

constexpr int sigint = 2;
constexpr int sigkill = 9;
constexpr int sigterm = 15;
constexpr UINT control_c_exit = 0xC000013A;

struct Event {
    DWORD kind;
    DWORD group;
};
std::optional<Event> event;
HANDLE obeying = nullptr; // who ends when the event comes

BOOL WINAPI deliver(DWORD kind, DWORD group) {
    event = {kind, group};
    // As a program does that handles no Ctrl-Break.
    return obeying == nullptr ? TRUE : ::TerminateProcess(obeying, control_c_exit);
}

/// A handle by which a test ends a child behind the library's back.
class Access {
public:
    explicit Access(const Popen &p)
        : handle_(::OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, static_cast<DWORD>(p.pid()))) {}
    ~Access() { ::CloseHandle(handle_); }
    Access(const Access &) = delete;
    Access &operator=(const Access &) = delete;
    HANDLE get() const { return handle_; }

private:
    HANDLE handle_;
};

class ProcessTable : public Table {
protected:
    void SetUp() override {
        event.reset();
        obeying = nullptr;
        kernel32().GenerateConsoleCtrlEvent = deliver;
    }
};

std::optional<ExitStatus> status_of(Popen &p) { return p.wait(Deadline(30s)).status; }

TEST_F(ProcessTable, is_sent_ctrl_break_when_it_leads_a_group) {
    for (const int number : {sigint, sigterm}) {
        Popen p({child("runs_until_killed")}, {.process_group = ProcessGroup::own()});
        const Access access(p);
        obeying = access.get();
        EXPECT_TRUE(p.send_signal(number));
        ASSERT_TRUE(event);
        EXPECT_EQ(event->kind, DWORD{CTRL_BREAK_EVENT});
        EXPECT_EQ(event->group, static_cast<DWORD>(p.pid()));
        EXPECT_EQ(status_of(p), ExitStatus::signaled(number));
    }
}

TEST_F(ProcessTable, without_a_group_of_its_own_is_not_sent_what_would_reach_us) {
    Popen p({child("runs_until_killed")});
    try {
        p.terminate();
        FAIL() << "sent";
    } catch (const Error &error) {
        EXPECT_EQ(error.stage(), Stage::signal);
        EXPECT_EQ(error.code(), std::errc::not_supported);
    }
    EXPECT_FALSE(event);
    EXPECT_EQ(p.poll(), std::nullopt);
}

TEST_F(ProcessTable, that_cannot_be_asked_is_given_no_time) {
    StandIn<&Kernel32::GenerateConsoleCtrlEvent>::fail(ERROR_INVALID_HANDLE, FALSE, 0, 1000);
    Popen p({child("runs_until_killed")}, {.process_group = ProcessGroup::own()});
    const auto before = backchat::Clock::now();
    const auto stopped = p.stop({{StopAction::terminate, 60s}});
    EXPECT_LT(backchat::Clock::now() - before, 30s);
    ASSERT_EQ(stopped.steps.size(), 2U);
    EXPECT_FALSE(stopped.steps[0].delivered);
    EXPECT_EQ(stopped.steps[1].action, StopAction::kill_tree);
    EXPECT_EQ(static_cast<const ExitStatus &>(stopped), ExitStatus::signaled(sigkill));
}

TEST_F(ProcessTable, ended_by_ctrl_break_that_nobody_has_sent_has_exited) {
    Popen p({child("runs_until_killed")});
    const Access access(p);
    ::TerminateProcess(access.get(), control_c_exit);
    EXPECT_EQ(status_of(p), ExitStatus::exited(static_cast<int>(control_c_exit)));
}

TEST_F(ProcessTable, ended_by_somebody_else_has_exited) {
    Popen p({child("runs_until_killed")});
    const Access access(p);
    ::TerminateProcess(access.get(), 128 + sigkill);
    EXPECT_EQ(status_of(p), ExitStatus::exited(128 + sigkill));
}

TEST_F(ProcessTable, that_has_ended_cannot_be_killed) {
    Popen p({child("runs_until_killed")});
    const Access access(p);
    ::TerminateProcess(access.get(), 3);
    ASSERT_EQ(::WaitForSingleObject(access.get(), 30000), WAIT_OBJECT_0);
    EXPECT_FALSE(p.kill());
    EXPECT_EQ(status_of(p), ExitStatus::exited(3));
}

/// Ends the child, and then refuses: it was on its way out.
BOOL WINAPI refuse_the_ending(HANDLE process, UINT) {
    ::TerminateProcess(process, 4);
    ::WaitForSingleObject(process, 30000);
    ::SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
}

TEST_F(ProcessTable, that_ends_while_it_is_killed_is_no_error) {
    kernel32().TerminateProcess = refuse_the_ending;
    Popen p({child("runs_until_killed")});
    EXPECT_FALSE(p.kill());
    EXPECT_EQ(status_of(p), ExitStatus::exited(4));
}

TEST_F(ProcessTable, that_must_not_be_killed_says_so) {
    Popen p({child("runs_until_killed")});
    StandIn<&Kernel32::TerminateProcess>::fail(ERROR_ACCESS_DENIED, FALSE);
    try {
        p.kill();
        FAIL() << "killed";
    } catch (const Error &error) {
        EXPECT_EQ(error.stage(), Stage::signal);
        EXPECT_EQ(error.code(), std::errc::permission_denied);
    }
}

TEST_F(ProcessTable, of_a_job_that_cannot_be_ended_is_killed_alone) {
    Popen p({child("runs_until_killed")});
    StandIn<&Kernel32::TerminateJobObject>::fail(ERROR_ACCESS_DENIED, FALSE, 0, 1000);
    const auto report = p.kill_tree();
    EXPECT_FALSE(report.complete);
    EXPECT_EQ(status_of(p), ExitStatus::signaled(sigkill));
}

TEST_F(ProcessTable, is_waited_for_by_hand_where_no_thread_will) {
    StandIn<&Kernel32::RegisterWaitForSingleObject>::fail(ERROR_NOT_ENOUGH_MEMORY, FALSE, 0, 1000);
    Popen p({child("exit_with"), "7"});
    EXPECT_EQ(status_of(p), ExitStatus::exited(7));
}

TEST_F(ProcessTable, that_nobody_may_ask_about_is_an_error_and_no_wait_for_ever) {
    Popen p({child("exit_with"), "7"});
    StandIn<&Kernel32::GetQueuedCompletionStatusEx>::fail(ERROR_INVALID_HANDLE, FALSE, 0, 1000);
    StandIn<&Kernel32::GetExitCodeProcess>::fail(ERROR_ACCESS_DENIED, FALSE, 0, 1000);
    try {
        p.wait(Deadline(30s));
        FAIL() << "waited";
    } catch (const Error &error) {
        EXPECT_EQ(error.stage(), Stage::wait);
    }
}

} // namespace
