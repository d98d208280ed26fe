#include "integration/talk.hpp"
#include "support/native_handle.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace integration;
using support::Pipe;
using support::TemporaryDirectory;

TEST(Descriptors, give_the_child_a_second_channel) {
    Pipe to_child;
    Pipe from_child;
    Popen p({child("copies_descriptor"), "5", "7"}, {.descriptors = {{5, Redirect::handle(to_child.read.get())},
                                                                     {7, Redirect::handle(from_child.write.get())}}});
    to_child.read.reset();
    from_child.write.reset();
    support::write_all(to_child.write.get(), "side");
    to_child.write.reset();
    EXPECT_EQ(support::read_all(from_child.read.get()), "side");
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(Descriptors, may_be_files) {
    const TemporaryDirectory folder;
    folder.write("log", "old ");
    const auto done = collect({child("writes_names_to_descriptors"), "4", "7", "3"},
                              {.descriptors = {{3, Redirect::discard()},
                                               {4, Redirect::truncate_file(folder.path("new"))},
                                               {7, Redirect::append_file(folder.path("log"))}}});
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    EXPECT_EQ(folder.read("new"), "to 4\n");
    EXPECT_EQ(folder.read("log"), "old to 7\n");
    const auto input = folder.write("input", "from a file");
    EXPECT_EQ(output_of({child("copies_descriptor"), "9", "1"}, {.descriptors = {{9, Redirect::read_file(input)}}}),
              "from a file");
}

TEST(Descriptors, may_be_one_handle_at_many_numbers) {
    Pipe pipe;
    const auto handle = Redirect::handle(pipe.write.get());
    const auto done = collect({child("writes_names_to_descriptors"), "3", "5", "4", "1"},
                              {.out = handle, .descriptors = {{5, handle}, {3, handle}, {4, handle}}});
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    pipe.write.reset();
    EXPECT_EQ(support::read_all(pipe.read.get()), "to 3\nto 5\nto 4\nto 1\n");
}

TEST(Descriptors, refuse_what_cannot_be) {
    const auto program = child("echo_back");
    const auto refused = [&](const Descriptor &one) {
        expect_spawn_error(Stage::options, std::errc::invalid_argument, {program}, {.descriptors = {one}});
    };
    refused({3, Redirect::pipe()});
    refused({3, Redirect::merge_stdout()});
    refused({2, Redirect::discard()});
    refused({0, Redirect::discard()});
    refused({-1, Redirect::discard()});
    expect_spawn_error(Stage::options, std::errc::invalid_argument, {program},
                       {.descriptors = {{3, Redirect::discard()}, {3, Redirect::inherit()}}});
}

TEST(Descriptors, report_a_source_that_is_not_open) {
    for (const NativeHandle closed : {NativeHandle{0x7ff0}, NativeHandle{0x3ff8}, support::no_handle}) {
        EXPECT_EQ(spawn_error_of({child("echo_back")}, {.descriptors = {{5, Redirect::handle(closed)}}}).code(),
                  std::errc::bad_file_descriptor);
    }
}

} // namespace
