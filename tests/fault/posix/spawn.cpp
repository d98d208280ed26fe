/// What is done without a call that not every Unix grants.
#include "fault/expect.hpp"

namespace {

using namespace faulty;

TEST(FaultySpawn, closes_descriptors_that_it_cannot_list) {
    for (const auto &[call, error] :
         {std::pair(Call{"opendir"}, EMFILE), {Call{"opendir"}, ENOENT}, {Call{"readdir"}, EIO}}) {
        const Fault fault(call, error);
        expect_closed_descriptors();
        EXPECT_GT(fault.hits(), 0);
    }
}

TEST(FaultySpawn, does_not_believe_a_list_that_breaks_off) {
    const Fault fault({"readdir"}, EIO, 4, 1);
    expect_closed_descriptors();
    EXPECT_EQ(fault.hits(), 1);
}

TEST(FaultySpawn, ends_a_child_of_which_it_cannot_learn_whether_it_runs) { expect_stage(Stage::pipe, {"read"}, EIO); }

TEST(FaultySpawn, waits_for_the_new_process_again_when_interrupted) {
    const Fault fault({"read"}, EINTR, 0, 3);
    expect_spawn_works();
    EXPECT_EQ(fault.hits(), 3);
}

TEST(FaultySpawn, reaps_a_failed_child_again_when_interrupted) {
    const Fault fault({"waitpid"}, EINTR, 0, 3);
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"/no/such/program"});
    EXPECT_EQ(fault.hits(), 3);
}

TEST(FaultySpawn, talks_and_waits_without_a_pipe_to_wake_it) {
    Popen p({child("echo_to_both")});
    const Fault fault({"pipe"}, EMFILE);
    const Completed done = p.communicate("text", soon());
    EXPECT_EQ(done.out, "text");
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_GT(fault.hits(), 1) << "one for waking us, one for the child's exit";
}

TEST(FaultySpawn, does_without_flags_for_the_pipe_to_wake_it) {
    for (const int after : {0, 1, 2, 3}) {
        Popen p({child("echo_to_both")});
        const Fault fault({"fcntl"}, EINVAL, after, 1);
        EXPECT_EQ(p.communicate("text", soon()).out, "text");
        EXPECT_EQ(fault.hits(), 1);
    }
}

} // namespace
