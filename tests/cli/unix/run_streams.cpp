#include "cli/command.hpp"
#include "integration/big_data.hpp"
#include "integration/unix/descriptors.hpp"
#include "support/native_handle.hpp"
#include "support/unix/unique_fd.hpp"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace cli_tests;

TEST(RunStreams, child_finds_the_descriptors_that_we_were_given_and_none_of_ours) {
    const support::Pipe given;
    const auto of_child =
        parse_descriptors(ended(run_with({"--json", "/dev/null"}, {child("list_descriptors")}),
                                {.spawn = {.descriptors = {{7, Redirect::handle(given.write.get())}}}})
                              .out);
    EXPECT_EQ(numbers_of(of_child), (std::vector<int>{0, 1, 2, 7}));
    for (const auto &[number, descriptor] : of_child) EXPECT_EQ(descriptor.flags & O_NONBLOCK, 0u) << number;
}

TEST(RunStreams, reader_that_goes_away_ends_the_child_by_its_own_signal) {
    Popen p(run_with({}, {child("flood"), "out", "forever"}));
    EXPECT_EQ(p.asyncread(soon().no_later_than(Clock::now() + 1ms)).reason, Reason::timeout);
    p.close_output(Stream::out);
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(128 + SIGPIPE));
}

TEST(RunStreams, closed_stdout_is_the_child_s_too) {
    // Spawned by a shell, for the library has no way to spawn a child whose stdout is closed from a parent that has one.
    Arguments argv = {"/bin/sh", "-c", "exec \"$@\" >&-", "sh"};
    const Arguments tail = run_with({}, {child("flood"), "both", "100000"});
    argv.insert(argv.end(), tail.begin(), tail.end());
    const Completed done = ended(argv);
    EXPECT_NE(code_of(done), 0);
    EXPECT_THAT(done.err, HasSubstr("cannot write to our stdout: Bad file descriptor"));
}

TEST(RunStreams, full_disk_is_a_failure_even_if_the_child_has_not_noticed) {
    const Completed done =
        ended(run_with({}, {child("exit_with"), "0", "text"}), {.spawn = {.out = Redirect::append_file("/dev/full")}});
    EXPECT_EQ(code_of(done), 125);
    EXPECT_THAT(done.err, HasSubstr("cannot write to our stdout: No space left on device"));
}

TEST(RunStreams, non_blocking_stdout_of_somebody_else_s_is_written_completely) {
    support::DescriptorPipe pipe;
    ASSERT_EQ(::fcntl(pipe.write.get(), F_SETFL, O_NONBLOCK), 0);
    Popen p(run_with({}, {child("flood"), "out", "4194304"}), {.out = Redirect::handle(pipe.write.get())});
    EXPECT_NE(::fcntl(pipe.write.get(), F_GETFL) & O_NONBLOCK, 0) << "the flag is shared, and not ours to change";
    pipe.write.reset();
    PatternReader reader;
    reader.take(support::read_all(pipe.read.get()));
    EXPECT_EQ(reader.count(), 4u * mebibyte);
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunStreams, exit_code_tells_the_signal_that_ended_the_child) {
    for (const int number : {SIGTERM, SIGKILL, SIGABRT})
        EXPECT_EQ(code_of(command_ended({"run", "--", child("raise_signal"), std::to_string(number)})), 128 + number);
}

TEST(RunStreams, environment_is_exactly_what_is_named) {
    using namespace std::string_literals;
    EXPECT_EQ(ended(run_with({"--clear-env", "--env", "B=2=3", "--env", "A="}, {child("print_environment")})).out,
              "B=2=3\0A=\0"s);
}

} // namespace
