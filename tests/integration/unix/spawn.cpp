#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"
#include "support/host.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"
#include "support/unix/descriptors.hpp"
#include "support/watchdog.hpp"

#include <barrier>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using namespace integration;

TEST(Spawn, failure_tells_what_cannot_be_run_apart) {
    const support::TemporaryDirectory folder;
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {folder.write("plain", "text", 0644)});
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {folder.path()});
    expect_spawn_error(Stage::exec, std::errc::executable_format_error,
                       {folder.write("garbage",
                                     "\x7f"
                                     "ELFx",
                                     0755)});
    expect_spawn_error(Stage::exec, std::errc::not_a_directory, {folder.path("plain/program")});
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory,
                       {folder.write("script", "#!/no/such/interpreter\n", 0755)});
}

/// Goes through every number of descriptors that are left, from none to more than enough.
BACKCHAT_HOST(runs_out_of_descriptors) {
    rlimit ours = {};
    ::getrlimit(RLIMIT_NOFILE, &ours);
    const int next = ::dup(0);
    ::close(next);
    bool succeeded = false;
    int failures = 0;
    for (int left = 0; left < 40; ++left) {
        const rlimit few = {static_cast<rlim_t>(next + left), ours.rlim_max};
        const auto before = support::open_descriptors();
        ::setrlimit(RLIMIT_NOFILE, &few);
        try {
            Popen p({child("exit_with"), "0", "text"}, {.limits = {{Resource::open_files, 64, 64}}});
            const auto done = p.communicate(soon());
            EXPECT_EQ(done.out, "text") << left;
            EXPECT_EQ(done.status, ExitStatus::exited(0)) << left;
            succeeded = true;
        } catch (const SpawnError &error) {
            EXPECT_EQ(error.code(), std::errc::too_many_files_open) << left << ' ' << error.what();
            EXPECT_FALSE(succeeded) << left << " failed, where fewer were enough: " << error.what();
            ++failures;
        }
        ::setrlimit(RLIMIT_NOFILE, &ours);
        EXPECT_EQ(support::open_descriptors(), before) << left;
    }
    EXPECT_TRUE(succeeded);
    EXPECT_GE(failures, 6) << "three pipes take six descriptors";
}

TEST(Spawn, fails_cleanly_with_any_number_of_descriptors_left) {
    if (support::under_sanitizer()) GTEST_SKIP() << "the sanitizers' own checks need a descriptor now and then";
    support::expect_host_succeeds("runs_out_of_descriptors");
}

/// Argument: which of 0, 1, 2 to close.
BACKCHAT_HOST(has_closed_standard_streams) {
    const std::string closed = arguments.at(0);
    const auto is_closed = [&](int number) {
        return closed.find(static_cast<char>('0' + number)) != std::string::npos;
    };
    // What a failed assertion prints must come out all the same: kept far up, and put back at the end.
    int kept[3];
    for (const int number : {0, 1, 2}) kept[number] = ::fcntl(number, F_DUPFD_CLOEXEC, 100);
    for (const int number : {0, 1, 2}) {
        if (is_closed(number)) ::close(number);
    }

    Completed talked, merged, listed, inherited;
    {
        Popen p({child("echo_to_both")});
        talked = p.communicate("hello", soon());
        Popen q({child("interleave"), "1"}, {.err = Redirect::merge_stdout()});
        merged = q.communicate(soon());
        listed = collect({child("list_descriptors")});
        const support::TemporaryDirectory folder;
        Popen r({child("list_descriptors"), folder.path("list")},
                {.in = Redirect::inherit(), .out = Redirect::inherit(), .err = Redirect::inherit()});
        inherited.status = r.wait(soon()).status;
        inherited.out = folder.read("list");
    }
    bool still_closed = true;
    for (const int number : {0, 1, 2}) {
        if (is_closed(number)) still_closed = still_closed && ::fcntl(number, F_GETFD) < 0;
        ::dup2(kept[number], number);
        ::close(kept[number]);
    }

    EXPECT_EQ(talked.out, "hello");
    EXPECT_EQ(talked.err, "hello");
    EXPECT_EQ(merged.out, "out 0\nerr 0\n");
    EXPECT_THAT(numbers_of(parse_descriptors(listed.out)), testing::ElementsAre(0, 1, 2));
    EXPECT_TRUE(still_closed) << "a descriptor of the library is left at 0, 1 or 2";
    // "Where ours is closed, so is the child's."
    std::vector<int> expected;
    for (const int number : {0, 1, 2}) {
        if (!is_closed(number)) expected.push_back(number);
    }
    EXPECT_EQ(inherited.status, ExitStatus::exited(0));
    EXPECT_EQ(numbers_of(parse_descriptors(inherited.out)), expected);
}

class SpawnWithClosedStreams : public testing::TestWithParam<const char *> {};

TEST_P(SpawnWithClosedStreams, works_and_leaves_them_closed) {
    support::expect_host_succeeds("has_closed_standard_streams", {GetParam()});
}

INSTANTIATE_TEST_SUITE_P(Spawn, SpawnWithClosedStreams, testing::Values("0", "1", "2", "01", "02", "12", "012"),
                         [](const auto &test) { return std::string("closed_") + test.param; });

/// 64 threads that spawn at the same moment; gives the numbers that each child has found open.
std::vector<std::vector<int>> spawn_from_64_threads(const Options &options) {
    constexpr int thread_count = 64;
    constexpr int rounds = 4;
    std::barrier start(thread_count);
    std::vector<std::vector<int>> seen(thread_count * rounds);
    std::vector<std::thread> threads;
    for (int number = 0; number < thread_count; ++number) {
        threads.emplace_back([&, number] {
            for (int round = 0; round < rounds; ++round) {
                start.arrive_and_wait();
                auto &mine = seen[static_cast<std::size_t>(number * rounds + round)];
                Popen p({child("list_descriptors")}, options);
                const auto done = p.communicate(scaled(60s));
                if (done.success()) mine = numbers_of(parse_descriptors(done.out));
            }
        });
    }
    for (auto &thread : threads) thread.join();
    return seen;
}

TEST(Spawn, from_64_threads_leaks_no_pipe_into_another_child) {
    support::allow_time(60s);
    for (const auto &numbers : spawn_from_64_threads({})) EXPECT_THAT(numbers, testing::ElementsAre(0, 1, 2));
}

TEST(Spawn, from_64_threads_leaks_no_pipe_when_descriptors_are_left_open) {
    support::allow_time(60s);
    // What was there before and is inheritable comes along; nothing of the other threads' may.
    std::vector<int> expected = {0, 1, 2};
    for (const auto &[number, target] : support::open_descriptors()) {
        if (number > 2 && (::fcntl(number, F_GETFD) & FD_CLOEXEC) == 0) expected.push_back(number);
    }
    for (const auto &numbers : spawn_from_64_threads({.close_descriptors = false})) EXPECT_EQ(numbers, expected);
}

TEST(Spawn, talks_to_more_children_than_fd_setsize) {
    support::allow_time(120s);
    constexpr int count = FD_SETSIZE + 76;
    rlimit limit = {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlimit raised = {limit.rlim_max, limit.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &raised);
    if (limit.rlim_max < 4 * count + 100) GTEST_SKIP() << "the hard limit of open descriptors is " << limit.rlim_max;

    std::vector<Popen> children;
    for (int i = 0; i < count; ++i) children.emplace_back(std::vector<std::string>{child("echo_back")});
    for (auto &p : children) EXPECT_EQ(p.send("hello\n").bytes, 6u);
    for (auto &p : children) EXPECT_EQ(read_lines(p, 1), "hello\n");
    for (auto &p : children) p.close_stdin();
    for (auto &p : children) EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    children.clear();
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

TEST(Spawn, needs_no_second_thread) {
    const auto before = support::threads();
    Popen p({child("echo_back")});
    EXPECT_EQ(support::threads(), before);
    p.send("text");
    EXPECT_EQ(p.asyncread(50ms).data, "text");
    BACKCHAT_NEEDS(exit_event);
    const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0));
    if (pidfd < 0) GTEST_SKIP() << "without pidfd_open a thread waits for the child";
    ::close(pidfd);
    EXPECT_EQ(support::threads(), before);
}

} // namespace
