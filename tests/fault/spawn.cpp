/// The step that a failing system call is reported as, and what is done without a call that can be done without.
#include "calls.hpp"
#include "fault/expect.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace faulty;

TEST(FaultySpawn, says_pipe_for_each_of_its_pipes) {
    for (const int after : {0, 1, 2}) {
        expect_stage(Stage::pipe, make_pipe, EMFILE, {}, after);
        expect_stage(Stage::pipe, make_pipe, ENFILE, {}, after);
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

TEST(FaultySpawn, says_clone_where_no_process_can_be_had) {
    expect_stage(Stage::clone, make_process, EAGAIN);
    expect_stage(Stage::clone, make_process, ENOMEM);
}

TEST(FaultySpawn, says_each_step_in_the_child) {
    const support::TemporaryDirectory folder;
    expect_stage(Stage::session, faulty::setsid, EPERM, {.new_session = true});
    expect_stage(Stage::process_group, faulty::setpgid, EACCES, {.process_group = ProcessGroup::own()});
    expect_stage(Stage::nice, faulty::setpriority, EACCES, {.nice = 1});
    expect_stage(Stage::descriptors, copy_to, EBUSY, {});
    expect_stage(Stage::working_directory, faulty::chdir, EIO, {.cwd = folder.path()});
    expect_stage(Stage::resource_limit, set_limit, EPERM, {.limits = {{Resource::core_size, 0, 0}}});
    expect_stage(Stage::setgroups, faulty::setgroups, EPERM, {.groups = std::vector<std::uint32_t>{0}});
    expect_stage(Stage::setgid, faulty::setgid, EPERM, {.gid = 0});
    expect_stage(Stage::setuid, faulty::setuid, EAGAIN, {.uid = 0});
    for (const int error : {ENOENT, EACCES, ENOMEM, EIO, ETXTBSY, ELOOP})
        expect_stage(Stage::exec, faulty::execve, error, {});
}

TEST(FaultySpawn, goes_on_along_the_path_and_remembers) {
    // The first attempt is refused, the next one runs.
    const Fault fault(faulty::execve, EACCES, 0, 1);
    const support::TemporaryDirectory folder;
    Popen p({"true"}, {.environment = Environment().set("PATH", folder.path() + ":/usr/bin:/bin")});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    EXPECT_EQ(fault.hits(), 1);
}

} // namespace
