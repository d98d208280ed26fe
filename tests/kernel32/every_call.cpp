/// Each function of the table failing once at each of its calls: whatever the answer is, it is the right one or an error
/// that names the step, and nothing is left behind.
#include "kernel32/table.hpp"
#include "support/child.hpp"
#include "support/watchdog.hpp"

#include <backchat/backchat.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace table;
using backchat::Completed;
using backchat::Deadline;
using backchat::Error;
using backchat::Options;
using backchat::Popen;
using backchat::ProcessGroup;
using backchat::Reason;
using backchat::Redirect;
using support::child;

/// One function of the table, by name, to be counted and to be made to fail.
struct Call {
    const char *name;
    std::function<void()> count;
    std::function<int()> calls;
    std::function<void(int after)> fail;
};

template <auto Member, class R>
Call call(const char *name, DWORD error, R result) {
    using Fake = StandIn<Member>;
    return {name, [] { Fake::count(); }, [] { return Fake::calls(); },
            [=](int after) { Fake::fail(error, result, after); }};
}

/// Those that may fail on a machine that is short of something. The others say what they know of what is there.
std::vector<Call> calls() {
    constexpr DWORD short_of = ERROR_NO_SYSTEM_RESOURCES;
    const HANDLE none = INVALID_HANDLE_VALUE;
    return {
        call<&Kernel32::CreateEventW>("CreateEventW", short_of, HANDLE{}),
        call<&Kernel32::CreateFileW>("CreateFileW", short_of, none),
        call<&Kernel32::CreateIoCompletionPort>("CreateIoCompletionPort", short_of, HANDLE{}),
        call<&Kernel32::CreateJobObjectW>("CreateJobObjectW", short_of, HANDLE{}),
        call<&Kernel32::CreateNamedPipeW>("CreateNamedPipeW", short_of, none),
        call<&Kernel32::CreateProcessW>("CreateProcessW", short_of, FALSE),
        call<&Kernel32::DuplicateHandle>("DuplicateHandle", short_of, FALSE),
        call<&Kernel32::GenerateConsoleCtrlEvent>("GenerateConsoleCtrlEvent", short_of, FALSE),
        call<&Kernel32::GetExitCodeProcess>("GetExitCodeProcess", short_of, FALSE),
        call<&Kernel32::GetProcessTimes>("GetProcessTimes", short_of, FALSE),
        call<&Kernel32::GetQueuedCompletionStatusEx>("GetQueuedCompletionStatusEx", short_of, FALSE),
        call<&Kernel32::InitializeProcThreadAttributeList>("InitializeProcThreadAttributeList", short_of, FALSE),
        call<&Kernel32::OpenProcess>("OpenProcess", ERROR_ACCESS_DENIED, HANDLE{}),
        call<&Kernel32::QueryInformationJobObject>("QueryInformationJobObject", short_of, FALSE),
        call<&Kernel32::ReadFile>("ReadFile", short_of, FALSE),
        call<&Kernel32::RegisterWaitForSingleObject>("RegisterWaitForSingleObject", short_of, FALSE),
        call<&Kernel32::ResumeThread>("ResumeThread", short_of, static_cast<DWORD>(-1)),
        call<&Kernel32::SetHandleInformation>("SetHandleInformation", short_of, FALSE),
        call<&Kernel32::SetInformationJobObject>("SetInformationJobObject", short_of, FALSE),
        call<&Kernel32::SetProcessAffinityMask>("SetProcessAffinityMask", short_of, FALSE),
        call<&Kernel32::TerminateJobObject>("TerminateJobObject", short_of, FALSE),
        call<&Kernel32::UpdateProcThreadAttribute>("UpdateProcThreadAttribute", short_of, FALSE),
        call<&Kernel32::WriteFile>("WriteFile", short_of, FALSE),
    };
}

void talk() {
    const std::string text(50000, 'x');
    Popen p({child("echo_to_both")}, {.process_group = ProcessGroup::own(), .cpu_affinity = {0}});
    const Completed done = p.communicate(text, Deadline(20s));
    EXPECT_EQ(done.out, text.substr(0, done.out.size()));
    EXPECT_EQ(done.err, text.substr(0, done.err.size()));
    const bool well = done.reason == Reason::exited && done.eof_out == backchat::Eof::complete &&
                      done.eof_err == backchat::Eof::complete && done.bytes_sent == text.size();
    if (!well) return;
    EXPECT_EQ(done.out.size(), text.size());
    EXPECT_EQ(done.err.size(), text.size());
}

void stop() {
    const Options options{.in = Redirect::discard(), .out = Redirect::inherit(), .process_group = ProcessGroup::own()};
    Popen p({child("runs_until_killed")}, options);
    EXPECT_TRUE(p.stop(20ms).ended);
}

void run_and_fail(void (*scenario)()) {
    for (const Call &each : calls()) {
        each.count();
        scenario();
        const int count = std::min(each.calls(), 6); // the rest are repetitions of the same
        for (int after = 0; after < count && !testing::Test::HasFailure(); ++after) {
            SCOPED_TRACE(std::string(each.name) + " fails after " + std::to_string(after));
            each.fail(after);
            try {
                scenario();
            } catch (const Error &error) {
                EXPECT_NE(error.code().value(), 0) << error.what();
                EXPECT_FALSE(error.program().empty()) << error.what();
            }
        }
        kernel32() = Kernel32();
    }
}

class EveryCallTable : public Table {};

TEST_F(EveryCallTable, may_fail_while_talking) {
    support::allow_time(400s);
    run_and_fail(talk);
}

TEST_F(EveryCallTable, may_fail_while_stopping) {
    support::allow_time(400s);
    run_and_fail(stop);
}

} // namespace
