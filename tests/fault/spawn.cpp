/// The step that a failing system call is reported as, and what is done without a call that can be done without.
#include "fault/faulty_calls.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"
#include "support/unix/unique_fd.hpp"

#include <csignal>
#include <optional>

#include <fcntl.h>
#include <sys/syscall.h>

namespace {

using namespace integration;
using faulty::Call;
using faulty::Fault;

std::error_code system_error(int number) { return {number, std::system_category()}; }

void expect_stage(Stage stage, const Call &call, int error, const Options &options = {}, int after = 0) {
    SCOPED_TRACE(std::string(call.name) + ' ' + std::to_string(call.number));
    std::optional<SpawnError> seen;
    {
        const Fault fault(call, error, after);
        try {
            const Popen p({child("echo_back")}, options);
        } catch (const SpawnError &thrown) {
            seen = thrown;
        }
        EXPECT_GT(fault.hits(), 0);
    }
    ASSERT_TRUE(seen) << "the spawn has not failed";
    EXPECT_EQ(seen->stage(), stage) << seen->what();
    EXPECT_EQ(seen->code(), system_error(error)) << seen->what();
    EXPECT_EQ(seen->program(), child("echo_back"));
    EXPECT_THAT(support::children_of_ours(), testing::IsEmpty());
}

TEST(FaultySpawn, says_pipe_for_each_of_its_pipes) {
    for (const int after : {0, 1, 2}) {
        expect_stage(Stage::pipe, {"pipe2"}, EMFILE, {}, after);
        expect_stage(Stage::pipe, {"pipe2"}, ENFILE, {}, after);
        expect_stage(Stage::pipe, {"fcntl"}, EINVAL, {}, after);
    }
}

TEST(FaultySpawn, says_open_for_a_file) {
    for (const int error : {EMFILE, EACCES, EROFS, ENOSPC}) {
        expect_stage(Stage::open, {"open"}, error, {.in = Redirect::discard()});
        expect_stage(Stage::open, {"open"}, error, {.out = Redirect::truncate_file("/dev/null")});
    }
}

TEST(FaultySpawn, opens_again_when_interrupted) {
    const Fault fault({"open"}, EINTR, 0, 3);
    const Popen p({child("echo_back")}, {.in = Redirect::discard()});
    EXPECT_EQ(fault.hits(), 3);
}

TEST(FaultySpawn, says_memory_for_the_stack) { expect_stage(Stage::memory, {"mmap"}, ENOMEM); }

TEST(FaultySpawn, says_clone_where_no_process_can_be_had) {
    expect_stage(Stage::clone, {"__clone"}, EAGAIN);
    expect_stage(Stage::clone, {"__clone"}, ENOMEM);
}

TEST(FaultySpawn, says_each_step_in_the_child) {
    const support::TemporaryDirectory folder;
    const auto step = [](Stage stage, long number, int error, const Options &options) {
        expect_stage(stage, {"syscall", number}, error, options);
    };
    step(Stage::session, SYS_setsid, EPERM, {.new_session = true});
    step(Stage::process_group, SYS_setpgid, EACCES, {.process_group = ProcessGroup::own()});
    step(Stage::nice, SYS_setpriority, EACCES, {.nice = 1});
    step(Stage::cpu_affinity, SYS_sched_setaffinity, EPERM, {.cpu_affinity = {0}});
    step(Stage::descriptors, SYS_dup3, EBUSY, {});
    step(Stage::working_directory, SYS_chdir, EIO, {.cwd = folder.path()});
    step(Stage::resource_limit, SYS_prlimit64, EPERM, {.limits = {{Resource::core_size, 0, 0}}});
    step(Stage::setgroups, SYS_setgroups, EPERM, {.groups = std::vector<std::uint32_t>{0}});
    step(Stage::setgid, SYS_setresgid, EPERM, {.gid = 0});
    step(Stage::setuid, SYS_setresuid, EAGAIN, {.uid = 0});
    step(Stage::no_new_privs, SYS_prctl, EINVAL, {.no_new_privs = true});
    for (const int error : {ENOENT, EACCES, ENOMEM, EIO, ETXTBSY, ELOOP}) step(Stage::exec, SYS_execve, error, {});
}

TEST(FaultySpawn, says_descriptors_when_there_is_no_number_to_move_to) {
    const support::DescriptorPipe one, two;
    expect_stage(Stage::descriptors, {"syscall", SYS_fcntl}, EMFILE,
                 {.descriptors = {{one.read.get(), Redirect::handle(two.read.get())},
                                  {two.read.get(), Redirect::handle(one.read.get())}}});
}

TEST(FaultySpawn, goes_on_along_the_path_and_remembers) {
    // The first attempt is refused, the next one runs.
    const Fault fault({"syscall", SYS_execve}, EACCES, 0, 1);
    const support::TemporaryDirectory folder;
    Popen p({"true"}, {.environment = Environment().set("PATH", folder.path() + ":/usr/bin:/bin")});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    EXPECT_EQ(fault.hits(), 1);
}

/// What must work whatever the system lacks.
void expect_spawn_works() {
    Popen p({child("echo_to_both")});
    const Completed done = p.communicate("text", soon());
    EXPECT_EQ(done.out, "text");
    EXPECT_EQ(done.err, "text");
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    Popen waits({child("never_writes"), "4"});
    EXPECT_EQ(waits.wait(10ms).reason, Reason::timeout);
    EXPECT_TRUE(waits.send_signal(0));
    waits.close_stdin();
    EXPECT_EQ(waits.wait(soon()).status, ExitStatus::exited(4));
    Popen killed({child("ignores_terminate")});
    EXPECT_EQ(killed.wait(0s).reason, Reason::timeout);
    EXPECT_TRUE(killed.kill());
    EXPECT_EQ(killed.wait(soon()).status, ExitStatus::signaled(SIGKILL));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"/no/such/program"});
}

void expect_closed_descriptors() {
    const support::DescriptorPipe inheritable(0);
    EXPECT_THAT(numbers_of(parse_descriptors(output_of({child("list_descriptors")}))), testing::ElementsAre(0, 1, 2));
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
