#include "integration/talk.hpp"
#include "support/host.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>

#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace integration;
using support::TemporaryDirectory;

constexpr std::uint32_t nobody = 65534;

#define SKIP_UNLESS_ROOT()                                                                                             \
    if (::geteuid() != 0) GTEST_SKIP() << "only root may choose a child's user and groups"

/// A child program where any user may run it, wherever the build folder is.
class ProgramForAll {
public:
    explicit ProgramForAll(const std::string &name) : path_(folder_.path(name)) {
        std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
        std::filesystem::copy_file(child(name), path_);
    }
    const std::string &path() const { return path_; }

private:
    TemporaryDirectory folder_;
    std::string path_;
};

TEST(Credentials, are_ours_unless_said) {
    const auto said = support::named_values(output_of({child("print_ids")}));
    const auto uid = std::to_string(::getuid());
    EXPECT_EQ(said.at("uid"), uid + ' ' + std::to_string(::geteuid()) + ' ' + uid);
}

TEST(Credentials, are_the_real_effective_and_saved_ones) {
    SKIP_UNLESS_ROOT();
    const ProgramForAll program("print_ids");
    const auto said = support::named_values(
        output_of({program.path()}, {.uid = 12345, .gid = 23456, .groups = std::vector<std::uint32_t>{7, 8, 34567}}));
    EXPECT_EQ(said.at("uid"), "12345 12345 12345");
    EXPECT_EQ(said.at("gid"), "23456 23456 23456");
    EXPECT_THAT(support::split(said.at("groups"), ' '), testing::UnorderedElementsAre("7", "8", "34567"));
    EXPECT_EQ(::geteuid(), 0u);
    EXPECT_EQ(::getegid(), 0u);
}

TEST(Credentials, may_have_no_supplementary_groups) {
    SKIP_UNLESS_ROOT();
    const ProgramForAll program("print_ids");
    const auto said = support::named_values(
        output_of({program.path()}, {.uid = nobody, .gid = nobody, .groups = std::vector<std::uint32_t>{}}));
    EXPECT_EQ(said.at("groups"), "");
}

TEST(Credentials, of_the_group_alone) {
    SKIP_UNLESS_ROOT();
    const auto said = support::named_values(output_of({child("print_ids")}, {.gid = nobody}));
    EXPECT_EQ(said.at("uid"), "0 0 0");
    EXPECT_EQ(said.at("gid"), "65534 65534 65534");
}

TEST(Credentials, leave_the_steps_that_need_privilege_before_them) {
    SKIP_UNLESS_ROOT();
    const ProgramForAll program("print_nice");
    EXPECT_EQ(output_of({program.path()}, {.nice = -2, .uid = nobody}),
              std::to_string(::getpriority(PRIO_PROCESS, 0) - 2));
}

TEST(Credentials, leave_raised_limits_before_them) {
    SKIP_UNLESS_ROOT();
    rlimit ours = {};
    ::getrlimit(RLIMIT_MEMLOCK, &ours);
    const rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_MEMLOCK, &none) != 0) GTEST_SKIP() << "this root may not raise limits (CAP_SYS_RESOURCE)";
    ::setrlimit(RLIMIT_MEMLOCK, &ours);
    const ProgramForAll program("print_limits");
    const auto said = support::named_values(output_of(
        {program.path()}, {.limits = {{Resource::locked_memory, 1 << 30, ResourceLimit::unlimited}}, .uid = nobody}));
    EXPECT_EQ(said.at("locked_memory"), "1073741824 unlimited");
}

TEST(Credentials, decide_which_program_may_run) {
    SKIP_UNLESS_ROOT();
    const TemporaryDirectory folder; // ours alone
    std::filesystem::copy_file(child("echo_back"), folder.path("echo_back"));
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {folder.path("echo_back")}, {.uid = nobody});
}

TEST(Credentials, that_no_system_has_are_reported) {
    SKIP_UNLESS_ROOT();
    // -1 means "leave it" to the system call; asked for by name, it must not leave us root.
    EXPECT_EQ(spawn_error_of({child("print_ids")}, {.uid = 0xffffffff}).code(), std::errc::invalid_argument);
    EXPECT_EQ(spawn_error_of({child("print_ids")}, {.gid = 0xffffffff}).code(), std::errc::invalid_argument);
    expect_spawn_error(Stage::setgroups, std::errc::invalid_argument, {child("print_ids")},
                       {.groups = std::vector<std::uint32_t>(70000, 1)});
}

/// Everything that only root may do, asked for by nobody. Argument: a program that nobody may run.
BACKCHAT_HOST(asks_for_too_much) {
    ASSERT_EQ(::setgroups(0, nullptr), 0);
    ASSERT_EQ(::setresgid(nobody, nobody, nobody), 0);
    ASSERT_EQ(::setresuid(nobody, nobody, nobody), 0);
    const std::vector<std::string> program = {arguments.at(0)};
    const auto not_permitted = std::errc::operation_not_permitted;
    expect_spawn_error(Stage::setgroups, not_permitted, program, {.groups = std::vector<std::uint32_t>{1}});
    expect_spawn_error(Stage::setgroups, not_permitted, program,
                       {.uid = nobody, .groups = std::vector<std::uint32_t>{}});
    expect_spawn_error(Stage::setgid, not_permitted, program, {.gid = 0});
    expect_spawn_error(Stage::setuid, not_permitted, program, {.uid = 0});
    expect_spawn_error(Stage::resource_limit, not_permitted, program,
                       {.limits = {{Resource::locked_memory, 1ull << 40, 1ull << 40}}});
    const SpawnError nice = spawn_error_of(program, {.nice = -5});
    EXPECT_EQ(nice.stage(), Stage::nice);
    EXPECT_THAT(nice.code(), testing::AnyOf(std::errc::permission_denied, not_permitted));
    EXPECT_EQ(collect(program, {.uid = nobody, .gid = nobody}).status, ExitStatus::exited(0));
}

TEST(Credentials, without_privilege_fail_at_the_step_that_needs_it) {
    SKIP_UNLESS_ROOT();
    const ProgramForAll program("print_ids");
    support::expect_host_succeeds("asks_for_too_much", {program.path()});
}

/// Argument: a program that nobody may run.
BACKCHAT_HOST(may_have_no_more_processes) {
    constexpr std::uint32_t lonely = 54321; // a user with no process but this one
    ASSERT_EQ(::setresgid(lonely, lonely, lonely), 0);
    rlimit before = {};
    ::getrlimit(RLIMIT_NPROC, &before);
    const rlimit none = {0, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NPROC, &none), 0);
    ASSERT_EQ(::setresuid(lonely, lonely, lonely), 0);
    expect_spawn_error(Stage::clone, std::errc::resource_unavailable_try_again, {arguments.at(0)});
    ::setrlimit(RLIMIT_NPROC, &before); // a leak checker makes a process of its own at exit
}

TEST(Credentials, of_a_user_at_the_process_limit_fail_to_clone) {
    SKIP_UNLESS_ROOT();
    const ProgramForAll program("print_ids");
    support::expect_host_succeeds("may_have_no_more_processes", {program.path()});
}

} // namespace
