/// What is done without a call of Linux's own.
#include "fault/expect.hpp"

#include <sys/syscall.h>

namespace {

using namespace faulty;

TEST(FaultySpawn, says_memory_for_the_stack) { expect_stage(Stage::memory, {"mmap"}, ENOMEM); }

TEST(FaultySpawn, says_each_step_in_the_child_that_is_linux_own) {
    expect_stage(Stage::cpu_affinity, {"syscall", SYS_sched_setaffinity}, EPERM, {.cpu_affinity = {0}});
    expect_stage(Stage::no_new_privs, {"syscall", SYS_prctl}, EINVAL, {.no_new_privs = true});
}

TEST(FaultySpawn, says_descriptors_when_there_is_no_number_to_move_to) {
    const support::DescriptorPipe one, two;
    expect_stage(Stage::descriptors, {"syscall", SYS_fcntl}, EMFILE,
                 {.descriptors = {{one.read.get(), Redirect::handle(two.read.get())},
                                  {two.read.get(), Redirect::handle(one.read.get())}}});
}

TEST(FaultySpawn, does_without_close_range) {
    for (const int error : {ENOSYS, EPERM, EINVAL}) {
        const Fault fault({"syscall", SYS_close_range}, error);
        expect_closed_descriptors();
        EXPECT_GT(fault.hits(), 0);
    }
}

TEST(FaultySpawn, does_without_a_pidfd_from_clone) {
    for (const int error : {EINVAL, ENOSYS, EPERM}) {
        const Fault fault({"__clone"}, error, 0, 1);
        expect_spawn_works();
        EXPECT_EQ(fault.hits(), 1);
    }
}

TEST(FaultySpawn, does_without_a_clone_that_shares_memory) {
    for (const int error : {EINVAL, ENOSYS, EPERM}) {
        const Fault fault({"__clone"}, error);
        expect_spawn_works();
        expect_closed_descriptors();
        EXPECT_GE(fault.hits(), 2);
    }
    expect_spawn_works(); // and again with it
}

TEST(FaultySpawn, does_without_pidfd_open) {
    const Fault no_pidfd_open({"syscall", SYS_pidfd_open}, ENOSYS);
    expect_spawn_works();
}

TEST(FaultySpawn, does_without_waiting_by_pidfd) {
    // Each first attempt is by pidfd; a kernel before 5.4 says EINVAL to it.
    const Fault fault({"syscall", SYS_waitid}, EINVAL, 0, 1);
    expect_spawn_works();
    EXPECT_EQ(fault.hits(), 1);
}

TEST(FaultySpawn, does_without_pidfd_send_signal) {
    for (const int error : {ENOSYS, EPERM}) {
        const Fault fault({"syscall", SYS_pidfd_send_signal}, error);
        expect_spawn_works();
        EXPECT_GT(fault.hits(), 0);
    }
}

TEST(FaultySpawn, does_without_an_eventfd) {
    for (const int error : {EMFILE, ENFILE, ENOSYS}) {
        const Fault fault({"eventfd"}, error);
        expect_spawn_works();
        EXPECT_GT(fault.hits(), 0);
    }
}

TEST(FaultySpawn, does_without_a_larger_pipe) {
    for (const int error : {EPERM, EBUSY, EINVAL}) {
        const Fault fault({"fcntl"}, error, 1, 1); // O_NONBLOCK is set first
        EXPECT_EQ(output_of({child("exit_with"), "0", "text"},
                            {.in = Redirect::discard(), .err = Redirect::discard(), .pipe_capacity = 1 << 20}),
                  "text");
        EXPECT_EQ(fault.hits(), 1);
    }
}

} // namespace
