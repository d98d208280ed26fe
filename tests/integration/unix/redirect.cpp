#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"
#include "integration/unix/replaced_descriptor.hpp"
#include "support/temporary_directory.hpp"
#include "support/unix/descriptors.hpp"
#include "support/unix/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>

namespace {

using namespace integration;
using Pipe = support::DescriptorPipe;
using support::TemporaryDirectory;

Redirect &stream_of(Options &options, int number) {
    return number == 0 ? options.in : number == 1 ? options.out : options.err;
}

/// Gives what a child spawned with `options` has at its numbers, whatever its streams are.
std::map<int, ListedDescriptor> descriptors_with(const Options &options) {
    const TemporaryDirectory folder;
    const auto list = folder.path("list");
    Popen p({child("list_descriptors"), list}, options);
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    auto descriptors = parse_descriptors(folder.read("list"));
    return descriptors;
}

std::string target_of(int number) { return support::open_descriptors().at(number); }

struct KindCase {
    const char *name;
    Redirect::Kind kind;
    unsigned access; // the access mode and O_APPEND that the child should find
};

Redirect redirect_of(Redirect::Kind kind, const std::string &path, int handle) {
    switch (kind) {
    case Redirect::Kind::inherit: return Redirect::inherit();
    case Redirect::Kind::discard: return Redirect::discard();
    case Redirect::Kind::read_file: return Redirect::read_file(path);
    case Redirect::Kind::truncate_file: return Redirect::truncate_file(path);
    case Redirect::Kind::append_file: return Redirect::append_file(path);
    case Redirect::Kind::handle: return Redirect::handle(handle);
    case Redirect::Kind::merge: return Redirect::merge_stdout();
    case Redirect::Kind::pipe: break;
    }
    return Redirect::pipe();
}

class RedirectOfEachStream : public testing::TestWithParam<std::tuple<int, KindCase>> {};

TEST_P(RedirectOfEachStream, puts_what_was_asked_for_at_the_number) {
    const auto &[number, wanted] = GetParam();
    const TemporaryDirectory folder;
    const auto path = folder.write("file", "text");
    const Pipe handle(0);

    Options options;
    options.in = options.out = options.err = Redirect::discard();
    stream_of(options, number) = redirect_of(wanted.kind, path, handle.write.get());
    const auto seen = descriptors_with(options);

    ASSERT_THAT(numbers_of(seen), testing::ElementsAre(0, 1, 2));
    const auto &at = seen.at(number);
    EXPECT_EQ(at.close_on_exec, "inherit");
    switch (wanted.kind) {
    case Redirect::Kind::pipe: EXPECT_THAT(at.target, testing::StartsWith("pipe:")); break;
    case Redirect::Kind::inherit: EXPECT_EQ(at.target, target_of(number)); break;
    case Redirect::Kind::discard: EXPECT_EQ(at.target, "/dev/null"); break;
    case Redirect::Kind::handle: EXPECT_EQ(at.target, target_of(handle.write.get())); break;
    case Redirect::Kind::merge: EXPECT_EQ(at.target, seen.at(1).target); break;
    default: EXPECT_EQ(at.target, path);
    }
    if (wanted.kind == Redirect::Kind::inherit || wanted.kind == Redirect::Kind::merge) return;
    const unsigned access = wanted.kind == Redirect::Kind::pipe ? (number == 0 ? O_RDONLY : O_WRONLY) : wanted.access;
    EXPECT_EQ(at.flags & (O_ACCMODE | O_APPEND | O_NONBLOCK), access);
}

constexpr unsigned writing_at_the_end = O_WRONLY | O_APPEND;

constexpr KindCase kinds[] = {
    {"pipe", Redirect::Kind::pipe, 0},
    {"inherit", Redirect::Kind::inherit, 0},
    {"read_file", Redirect::Kind::read_file, O_RDONLY},
    {"truncate_file", Redirect::Kind::truncate_file, O_WRONLY},
    {"append_file", Redirect::Kind::append_file, writing_at_the_end},
    {"handle", Redirect::Kind::handle, O_WRONLY},
};

std::string name_of(const testing::TestParamInfo<std::tuple<int, KindCase>> &test) {
    constexpr const char *streams[] = {"stdin", "stdout", "stderr"};
    return std::string(std::get<1>(test.param).name) + "_as_" + streams[std::get<0>(test.param)];
}

INSTANTIATE_TEST_SUITE_P(Redirect, RedirectOfEachStream,
                         testing::Combine(testing::Values(0, 1, 2), testing::ValuesIn(kinds)), name_of);

TEST(Redirect, discards_at_either_side) {
    // Reading gives end of file at once, writing works and goes nowhere.
    const auto seen =
        descriptors_with({.in = Redirect::discard(), .out = Redirect::discard(), .err = Redirect::discard()});
    for (int number : {0, 1, 2}) EXPECT_EQ(seen.at(number).target, "/dev/null");
    EXPECT_NE(seen.at(0).flags & O_ACCMODE, unsigned{O_WRONLY});
    EXPECT_NE(seen.at(1).flags & O_ACCMODE, unsigned{O_RDONLY});
    const auto done = collect({child("echo_back")}, {.in = Redirect::discard()});
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_EQ(collect({child("flood"), "out", "1000000"}, {.out = Redirect::discard()}).status, ExitStatus::exited(0));
}

TEST(Redirect, says_that_a_file_is_a_folder) {
    const TemporaryDirectory folder;
    expect_spawn_error(Stage::open, std::errc::is_a_directory, {child("echo_back")},
                       {.out = Redirect::truncate_file(folder.path())});
}

TEST(Redirect, creates_files_with_our_umask) {
    const TemporaryDirectory folder;
    const mode_t ours = ::umask(027);
    collect({child("exit_with"), "0"},
            {.out = Redirect::truncate_file(folder.path("one")), .err = Redirect::append_file(folder.path("two"))});
    ::umask(ours);
    for (const char *name : {"one", "two"}) {
        struct stat seen = {};
        ASSERT_EQ(::stat(folder.path(name).c_str(), &seen), 0) << name;
        EXPECT_EQ(seen.st_mode & 0777u, 0640u) << name;
    }
}

TEST(Redirect, merges_stderr_into_whatever_stdout_is) {
    const TemporaryDirectory folder;
    const Pipe handle;
    for (const auto &to :
         {Redirect::pipe(), Redirect::inherit(), Redirect::discard(), Redirect::handle(handle.write.get()),
          Redirect::truncate_file(folder.path("file")), Redirect::append_file(folder.path("log"))}) {
        const auto seen = descriptors_with({.out = to, .err = Redirect::merge_stdout()});
        EXPECT_EQ(seen.at(1).target, seen.at(2).target);
    }
}

TEST(Redirect, leaves_the_callers_handle_as_it_was) {
    for (const int flags : {0, O_CLOEXEC, O_NONBLOCK, O_CLOEXEC | O_NONBLOCK}) {
        const Pipe pipe(flags);
        const int descriptor_flags = ::fcntl(pipe.write.get(), F_GETFD);
        const int status_flags = ::fcntl(pipe.write.get(), F_GETFL);
        EXPECT_EQ(collect({child("exit_with"), "0", "text"}, {.out = Redirect::handle(pipe.write.get())}).status,
                  ExitStatus::exited(0));
        EXPECT_EQ(::fcntl(pipe.write.get(), F_GETFD), descriptor_flags);
        EXPECT_EQ(::fcntl(pipe.write.get(), F_GETFL), status_flags);
        char text[8];
        EXPECT_EQ(::read(pipe.read.get(), text, sizeof text), 4);
    }
}

/// Our own 0, 1 and 2 become pipes that can be told apart, for as long as this lives.
struct DistinctStandardStreams {
    Pipe pipes[3];
    ReplacedDescriptor in{0, pipes[0].read.get()};
    ReplacedDescriptor out{1, pipes[1].write.get()};
    ReplacedDescriptor err{2, pipes[2].write.get()};
};

TEST(Redirect, maps_our_standard_streams_in_every_way) {
    // Swapped 1 and 2 among them.
    for (int mapping = 0; mapping < 27; ++mapping) {
        const int from[3] = {mapping % 3, mapping / 3 % 3, mapping / 9};
        const TemporaryDirectory folder;
        std::string expected[3];
        std::map<int, ListedDescriptor> seen;
        {
            const DistinctStandardStreams ours;
            for (int to : {0, 1, 2}) expected[to] = target_of(from[to]);
            seen = descriptors_with(
                {.in = Redirect::handle(from[0]), .out = Redirect::handle(from[1]), .err = Redirect::handle(from[2])});
        }
        for (int to : {0, 1, 2}) EXPECT_EQ(seen.at(to).target, expected[to]) << to << " from " << from[to];
    }
}

TEST(Redirect, inherits_two_streams_and_pipes_the_third) {
    for (const int piped : {0, 1, 2}) {
        Options options{.in = Redirect::inherit(), .out = Redirect::inherit(), .err = Redirect::inherit()};
        stream_of(options, piped) = Redirect::pipe();
        std::string ours[3];
        std::map<int, ListedDescriptor> seen;
        {
            const DistinctStandardStreams replaced;
            for (int number : {0, 1, 2}) ours[number] = target_of(number);
            seen = descriptors_with(options);
        }
        for (int number : {0, 1, 2}) EXPECT_EQ(seen.at(number).target == ours[number], number != piped) << number;
    }
}

} // namespace
