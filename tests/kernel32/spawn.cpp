/// What is asked of CreateProcessW and its kin, and what becomes of their refusals: decided here for every machine,
/// those included that this one is not.
#include "kernel32/table.hpp"
#include "platform/windows/job.hpp"
#include "support/child.hpp"

#include <backchat/backchat.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace table;
using backchat::Deadline;
using backchat::Descriptor;
using backchat::Options;
using backchat::Popen;
using backchat::ProcessGroup;
using backchat::Redirect;
using backchat::SpawnError;
using backchat::Stage;
using support::child;

/// What CreateProcessW was asked for, last.
struct Asked {
    std::wstring application;
    std::wstring command_line;
    BOOL inherit = FALSE;
    DWORD flags = 0;
    STARTUPINFOW startup{};
};
Asked asked;
/// The attributes of the list: which, and how many bytes.
std::vector<std::pair<DWORD_PTR, std::size_t>> attributes;
std::vector<HANDLE> listed;

BOOL WINAPI record_create_process(LPCWSTR application, LPWSTR command_line, LPSECURITY_ATTRIBUTES process,
                                  LPSECURITY_ATTRIBUTES thread, BOOL inherit, DWORD flags, LPVOID environment,
                                  LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION made) {
    asked = {application, command_line, inherit, flags, *startup};
    return ::CreateProcessW(application, command_line, process, thread, inherit, flags, environment, directory, startup,
                            made);
}

BOOL WINAPI record_attribute(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, PVOID value,
                             SIZE_T size, PVOID previous, PSIZE_T returned) {
    attributes.emplace_back(attribute, size);
    if (attribute == PROC_THREAD_ATTRIBUTE_HANDLE_LIST) {
        const auto *handles = static_cast<const HANDLE *>(value);
        listed.assign(handles, handles + size / sizeof(HANDLE));
    }
    return ::UpdateProcThreadAttribute(list, flags, attribute, value, size, previous, returned);
}

class SpawnTable : public Table {
protected:
    void SetUp() override {
        asked = {};
        attributes.clear();
        listed.clear();
        kernel32().CreateProcessW = record_create_process;
        kernel32().UpdateProcThreadAttribute = record_attribute;
    }
    static void spawn(const Options &options = {}) {
        Popen p({child("exit_with"), "0"}, options);
        EXPECT_TRUE(p.wait(Deadline(30s)));
    }
};

UINT WINAPI a_console() { return 65001; }
UINT WINAPI no_console() { return 0; }

TEST_F(SpawnTable, makes_no_console_window_where_we_have_no_console) {
    kernel32().GetConsoleCP = no_console;
    spawn();
    EXPECT_EQ(asked.flags, DWORD{EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW});
    EXPECT_EQ(asked.startup.cb, sizeof(STARTUPINFOEXW));
    EXPECT_EQ(asked.startup.dwFlags, DWORD{STARTF_USESTDHANDLES});
}

TEST_F(SpawnTable, shares_our_console_where_we_have_one) {
    kernel32().GetConsoleCP = a_console;
    spawn();
    EXPECT_EQ(asked.flags, DWORD{EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT});
}

TEST_F(SpawnTable, gives_a_group_of_its_own_when_asked) {
    spawn({.process_group = ProcessGroup::own()});
    EXPECT_NE(asked.flags & CREATE_NEW_PROCESS_GROUP, 0U);
}

TEST_F(SpawnTable, lets_the_child_inherit_its_streams_and_nothing_else) {
    spawn({.descriptors = {{5, Redirect::discard()}}});
    EXPECT_EQ(asked.inherit, TRUE);
    ASSERT_EQ(attributes.size(), 2U);
    EXPECT_EQ(attributes[0].first, DWORD_PTR{PROC_THREAD_ATTRIBUTE_JOB_LIST});
    EXPECT_EQ(attributes[1].first, DWORD_PTR{PROC_THREAD_ATTRIBUTE_HANDLE_LIST});
    EXPECT_EQ(listed.size(), 4U);
    EXPECT_THAT(listed,
                testing::IsSupersetOf({asked.startup.hStdInput, asked.startup.hStdOutput, asked.startup.hStdError}));
    std::sort(listed.begin(), listed.end());
    EXPECT_EQ(std::adjacent_find(listed.begin(), listed.end()), listed.end()) << "Windows refuses a handle twice";
}

TEST_F(SpawnTable, names_a_merged_stream_once) {
    spawn({.err = Redirect::merge_stdout()});
    EXPECT_EQ(asked.startup.hStdError, asked.startup.hStdOutput);
    EXPECT_EQ(listed.size(), 2U);
}

TEST_F(SpawnTable, lists_no_handles_when_all_that_are_inheritable_may_go) {
    spawn({.close_descriptors = false});
    EXPECT_EQ(asked.inherit, TRUE);
    ASSERT_EQ(attributes.size(), 1U);
    EXPECT_EQ(attributes[0].first, DWORD_PTR{PROC_THREAD_ATTRIBUTE_JOB_LIST});
}

TEST_F(SpawnTable, tells_the_runtime_of_descriptors_above_two) {
    spawn({.descriptors = {{5, Redirect::discard()}}});
    constexpr std::size_t places = 6;
    EXPECT_EQ(asked.startup.cbReserved2, sizeof(int) + places * (1 + sizeof(HANDLE)));
    spawn();
    EXPECT_EQ(asked.startup.cbReserved2, 0);
    EXPECT_EQ(asked.startup.lpReserved2, nullptr);
}

/// A refusal of CreateProcessW, and what the caller is told.
struct Refusal {
    DWORD error;
    Stage stage;
    std::errc code;
};

class Refused : public Table, public testing::WithParamInterface<Refusal> {};

TEST_P(Refused, names_the_step_and_the_reason) {
    StandIn<&Kernel32::CreateProcessW>::fail(GetParam().error, FALSE);
    try {
        const Popen p({child("exit_with"), "0"});
        FAIL() << "spawned";
    } catch (const SpawnError &error) {
        EXPECT_EQ(error.stage(), GetParam().stage);
        EXPECT_EQ(error.code(), GetParam().code) << error.what();
        EXPECT_EQ(error.program(), child("exit_with"));
    }
}

INSTANTIATE_TEST_SUITE_P(
    CreateProcess, Refused,
    testing::Values(Refusal{ERROR_FILE_NOT_FOUND, Stage::exec, std::errc::no_such_file_or_directory},
                    Refusal{ERROR_PATH_NOT_FOUND, Stage::exec, std::errc::no_such_file_or_directory},
                    Refusal{ERROR_ACCESS_DENIED, Stage::exec, std::errc::permission_denied},
                    Refusal{ERROR_BAD_EXE_FORMAT, Stage::exec, std::errc::executable_format_error},
                    Refusal{ERROR_DIRECTORY, Stage::working_directory, std::errc::not_a_directory},
                    Refusal{ERROR_NOT_ENOUGH_MEMORY, Stage::clone, std::errc::not_enough_memory}),
    [](const auto &test) { return "error_" + std::to_string(test.param.error); });

TEST_F(SpawnTable, leaves_no_child_that_could_not_be_given_its_processors) {
    StandIn<&Kernel32::SetProcessAffinityMask>::fail(ERROR_INVALID_PARAMETER, FALSE);
    StandIn<&Kernel32::TerminateProcess>::count();
    try {
        const Popen p({child("runs_until_killed")}, {.cpu_affinity = {0}});
        FAIL() << "spawned";
    } catch (const SpawnError &error) {
        EXPECT_EQ(error.stage(), Stage::cpu_affinity);
        EXPECT_EQ(error.code(), std::errc::invalid_argument);
    }
    EXPECT_NE(asked.flags & CREATE_SUSPENDED, 0U) << "not before it has its processors may it run";
    EXPECT_EQ(StandIn<&Kernel32::TerminateProcess>::calls(), 1);
}

DWORD last_limits = 0;

BOOL WINAPI record_limits(HANDLE job, JOBOBJECTINFOCLASS kind, LPVOID information, DWORD size) {
    last_limits = static_cast<JOBOBJECT_EXTENDED_LIMIT_INFORMATION *>(information)->BasicLimitInformation.LimitFlags;
    return ::SetInformationJobObject(job, kind, information, size);
}

TEST_F(SpawnTable, has_the_tree_die_with_us_unless_it_is_to_be_left) {
    kernel32().SetInformationJobObject = record_limits;
    {
        const Popen p({child("exit_with"), "0"});
        EXPECT_EQ(last_limits, DWORD{JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_BREAKAWAY_OK});
    }
    EXPECT_EQ(last_limits, DWORD{JOB_OBJECT_LIMIT_BREAKAWAY_OK}) << "who was let live, lives on when the job is closed";
    Popen p({child("exit_with"), "0"}, {.on_destroy = backchat::OnDestroy::detach});
    EXPECT_EQ(last_limits, DWORD{JOB_OBJECT_LIMIT_BREAKAWAY_OK});
    EXPECT_TRUE(p.wait(Deadline(30s)));
}

} // namespace
