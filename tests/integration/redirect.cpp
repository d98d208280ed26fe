#include "integration/talk.hpp"
#include "support/current_directory.hpp"
#include "support/native_handle.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>

namespace {

using namespace integration;
using support::Pipe;
using support::TemporaryDirectory;

TEST(Redirect, gives_pipes_in_both_directions_by_default) {
    Popen p({child("echo_to_both")});
    const auto done = p.communicate("hello", soon());
    EXPECT_EQ(done.out, "hello");
    EXPECT_EQ(done.err, "hello");
}

TEST(Redirect, reads_from_a_file) {
    const TemporaryDirectory folder;
    const auto path = folder.write("input", "from a file");
    EXPECT_EQ(output_of({child("echo_back")}, {.in = Redirect::read_file(path)}), "from a file");
}

TEST(Redirect, truncates_or_appends) {
    const TemporaryDirectory folder;
    folder.write("new", "a text that is longer");
    folder.write("log", "old ");
    collect({child("exit_with"), "0", "short"}, {.out = Redirect::truncate_file(folder.path("new"))});
    collect({child("exit_with"), "0", "and new"}, {.out = Redirect::append_file(folder.path("log"))});
    EXPECT_EQ(folder.read("new"), "short");
    EXPECT_EQ(folder.read("log"), "old and new");
}

TEST(Redirect, opens_relative_paths_from_our_directory_not_the_childs) {
    const TemporaryDirectory ours;
    const TemporaryDirectory theirs;
    ours.write("input", "ours");
    theirs.write("input", "theirs");
    const support::CurrentDirectory here(ours.path());
    EXPECT_EQ(output_of({child("echo_back")}, {.in = Redirect::read_file("input"), .cwd = theirs.path()}), "ours");
}

TEST(Redirect, reports_a_file_that_cannot_be_opened) {
    const TemporaryDirectory folder;
    const SpawnError error = spawn_error_of({child("echo_back")}, {.in = Redirect::read_file(folder.path("none"))});
    EXPECT_EQ(error.stage(), Stage::open);
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    EXPECT_EQ(error.program(), child("echo_back"));
    EXPECT_THAT(error.what(), testing::HasSubstr(folder.path("none")));
    const SpawnError of_a_folder =
        spawn_error_of({child("echo_back")}, {.out = Redirect::truncate_file(folder.path())});
    EXPECT_EQ(of_a_folder.stage(), Stage::open);
    EXPECT_THAT(of_a_folder.code(), testing::AnyOf(std::errc::is_a_directory, std::errc::permission_denied));
}

TEST(Redirect, to_a_handle_leaves_it_open_and_usable) {
    Pipe pipe;
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(collect({child("exit_with"), "0", "text"}, {.out = Redirect::handle(pipe.write.get())}).status,
                  ExitStatus::exited(0));
        EXPECT_EQ(support::read_some(pipe.read.get()), "text");
    }
    support::write_all(pipe.write.get(), "ours");
    EXPECT_EQ(output_of({child("reads_some_and_exits"), "4"}, {.in = Redirect::handle(pipe.read.get())}), "");
    pipe.write.reset();
    EXPECT_EQ(support::read_all(pipe.read.get()), "");
}

TEST(Redirect, discards_what_is_read_and_written) {
    const auto done = collect({child("echo_back")}, {.in = Redirect::discard()});
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_EQ(
        collect({child("flood"), "both", "1000000"}, {.out = Redirect::discard(), .err = Redirect::discard()}).status,
        ExitStatus::exited(0));
}

TEST(Redirect, merges_stderr_into_each_kind_of_stdout) {
    const TemporaryDirectory folder;
    Pipe pipe;
    const std::vector<std::string> writes_to_both = {child("interleave"), "1"};
    const std::string both = "out 0\nerr 0\n";
    EXPECT_EQ(output_of(writes_to_both, {.err = Redirect::merge_stdout()}), both);
    collect(writes_to_both, {.out = Redirect::handle(pipe.write.get()), .err = Redirect::merge_stdout()});
    EXPECT_EQ(support::read_some(pipe.read.get()), both);
    collect(writes_to_both, {.out = Redirect::truncate_file(folder.path("file")), .err = Redirect::merge_stdout()});
    EXPECT_EQ(folder.read("file"), both);
    collect(writes_to_both, {.out = Redirect::append_file(folder.path("file")), .err = Redirect::merge_stdout()});
    EXPECT_EQ(folder.read("file"), both + both);
}

TEST(Redirect, refuses_a_nul_in_a_path) {
    using namespace std::string_literals;
    const TemporaryDirectory folder;
    EXPECT_EQ(spawn_error_of({child("echo_back")}, {.out = Redirect::truncate_file(folder.path("a\0b"s))}).code(),
              std::errc::invalid_argument);
    EXPECT_FALSE(std::filesystem::exists(folder.path("a")));
}

TEST(Redirect, keeps_the_order_of_merged_streams) {
    const std::string text = output_of({child("interleave"), "100"}, {.err = Redirect::merge_stdout()});
    std::string expected;
    for (int i = 0; i < 100; ++i) expected += "out " + std::to_string(i) + "\nerr " + std::to_string(i) + '\n';
    EXPECT_EQ(text, expected);
}

TEST(Redirect, merges_into_a_file_with_one_offset) {
    const TemporaryDirectory folder;
    collect({child("interleave"), "2"},
            {.out = Redirect::truncate_file(folder.path("both")), .err = Redirect::merge_stdout()});
    EXPECT_EQ(folder.read("both"), "out 0\nerr 0\nout 1\nerr 1\n");
}

TEST(Redirect, refuses_to_merge_anything_but_stderr) {
    expect_spawn_error(Stage::options, std::errc::invalid_argument, {child("echo_back")},
                       {.in = Redirect::merge_stdout()});
    expect_spawn_error(Stage::options, std::errc::invalid_argument, {child("echo_back")},
                       {.out = Redirect::merge_stdout()});
}

TEST(Redirect, reports_a_handle_that_is_not_open) {
    NativeHandle closed = support::no_handle;
    {
        const Pipe pipe;
        closed = pipe.read.get();
    }
    for (const NativeHandle handle : {closed, support::no_handle}) {
        EXPECT_EQ(spawn_error_of({child("echo_back")}, {.in = Redirect::handle(handle)}).code(),
                  std::errc::bad_file_descriptor);
    }
}

} // namespace
