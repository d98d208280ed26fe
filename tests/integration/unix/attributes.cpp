/// What a child is given beside its streams: umask, nice value, limits, privileges, pipe capacity.
#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"

#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace integration;

TEST(Umask, is_set_in_the_child_alone) {
    const mode_t ours = ::umask(022);
    EXPECT_EQ(output_of({child("print_umask")}), "22");
    EXPECT_EQ(output_of({child("print_umask")}, {.umask = 0}), "0");
    EXPECT_EQ(output_of({child("print_umask")}, {.umask = 0137}), "137");
    EXPECT_EQ(::umask(ours), mode_t{022});
}

TEST(Nice, is_added_to_ours) {
    const int ours = ::getpriority(PRIO_PROCESS, 0);
    EXPECT_EQ(output_of({child("print_nice")}), std::to_string(ours));
    EXPECT_EQ(output_of({child("print_nice")}, {.nice = 3}), std::to_string(ours + 3));
    EXPECT_EQ(output_of({child("print_nice")}, {.nice = 0}), std::to_string(ours));
    EXPECT_EQ(output_of({child("print_nice")}, {.nice = 100}), "19");
    EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), ours);
}

TEST(Nice, of_a_child_at_minus_one_is_no_error) {
    // The system call's answer for this is the same as for a failure.
    if (::geteuid() != 0) GTEST_SKIP() << "only root may lower a nice value";
    const int ours = ::getpriority(PRIO_PROCESS, 0);
    EXPECT_EQ(output_of({child("print_nice")}, {.nice = -1 - ours}), "-1");
}

TEST(Limits, are_set_in_the_child_alone) {
    rlimit before = {};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const auto said = support::named_values(
        output_of({child("print_limits")}, {.limits = {{Resource::open_files, 100, 200},
                                                       {Resource::core_size, 0, 0},
                                                       {Resource::cpu_time, 50, 60},
                                                       {Resource::file_size, 1 << 20, 2 << 20},
                                                       {Resource::processes, 1000, 2000},
                                                       {Resource::stack_size, 4 << 20, 8 << 20},
                                                       {Resource::locked_memory, 4096, 8192},
                                                       {Resource::data_size, 1u << 30, ResourceLimit::unlimited},
                                                       {Resource::address_space, 4ull << 30, 5ull << 30}}}));
    EXPECT_EQ(said.at("open_files"), "100 200");
    EXPECT_EQ(said.at("core_size"), "0 0");
    EXPECT_EQ(said.at("cpu_time"), "50 60");
    EXPECT_EQ(said.at("file_size"), "1048576 2097152");
    EXPECT_EQ(said.at("processes"), "1000 2000");
    EXPECT_EQ(said.at("stack_size"), "4194304 8388608");
    EXPECT_EQ(said.at("locked_memory"), "4096 8192");
    EXPECT_EQ(said.at("data_size"), "1073741824 unlimited");
    EXPECT_EQ(said.at("address_space"), "4294967296 5368709120");
    rlimit after = {};
    ::getrlimit(RLIMIT_NOFILE, &after);
    EXPECT_EQ(after.rlim_cur, before.rlim_cur);
    EXPECT_EQ(after.rlim_max, before.rlim_max);
}

TEST(Limits, that_contradict_themselves_are_reported) {
    const SpawnError error = spawn_error_of({child("print_limits")}, {.limits = {{Resource::open_files, 200, 100}}});
    EXPECT_EQ(error.code(), std::errc::invalid_argument);
    EXPECT_THAT(error.stage(), testing::AnyOf(Stage::options, Stage::resource_limit));
}

TEST(Limits, of_few_descriptors_leave_room_for_those_asked_for) {
    // The limit binds the child's program, not the library's work before it runs.
    const auto seen =
        parse_descriptors(output_of({child("list_descriptors")}, {.descriptors = {{40, Redirect::discard()}},
                                                                  .limits = {{Resource::open_files, 10, 10}}}));
    EXPECT_TRUE(seen.contains(2));
}

TEST(Privileges, are_given_up_for_good) {
    BACKCHAT_NEEDS(no_new_privs);
    EXPECT_EQ(output_of({child("print_privileges")}, {.no_new_privs = true}), "no_new_privs 1\n");
}

std::size_t system_wide_pipe_limit() {
    std::size_t limit = 0;
    std::ifstream("/proc/sys/fs/pipe-max-size") >> limit;
    return limit;
}

TEST(PipeCapacity, is_as_wished) {
    BACKCHAT_NEEDS(pipe_capacity);
    const std::size_t wish = 256 << 10;
    ASSERT_GE(system_wide_pipe_limit(), wish);
    EXPECT_EQ(output_of({child("print_pipe_capacity")}, {.pipe_capacity = wish}),
              "in 262144\nout 262144\nerr 262144\n");
    EXPECT_EQ(output_of({child("print_pipe_capacity")}, {.pipe_capacity = 4096}), "in 4096\nout 4096\nerr 4096\n");
}

} // namespace
