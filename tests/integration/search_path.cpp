#include "integration/search_path.hpp"

#include "integration/talk.hpp"
#include "support/our_variable.hpp"

namespace {

using namespace integration;
using support::TemporaryDirectory;

TEST(SearchPath, is_the_childs_not_ours) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    EXPECT_EQ(collect({"the_program"}, with_path(folder.path())).status, ExitStatus::exited(0));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"});

    const support::OurVariable ours("PATH", folder.path());
    EXPECT_EQ(collect({"the_program"}).status, ExitStatus::exited(0));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, with_path("/nowhere"));
}

TEST(SearchPath, passes_over_a_folder_of_the_programs_name) {
    const TemporaryDirectory one, two;
    std::filesystem::create_directory(one.path("the_program"));
    put_program(two, "the_program", "print_args");
    EXPECT_EQ(output_of({"the_program"}, with_path(one.path() + separator + two.path())), "11:the_program\n");
}

TEST(SearchPath, never_uses_empty_or_relative_entries) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    std::filesystem::create_directory(folder.path("sub"));
    put_program(folder, "sub/the_program", "echo_back");
    const auto ours = std::filesystem::current_path();
    for (std::string path : {"", ":", "::", ".", "./", "sub", "./sub", "/nowhere:", ":/nowhere", "/nowhere::/none"}) {
        std::replace(path.begin(), path.end(), ':', separator);
        auto options = with_path(path);
        options.cwd = folder.path();
        expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, options);
        std::filesystem::current_path(folder.path()); // neither from the child's directory nor from ours
        expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, with_path(path));
        std::filesystem::current_path(ours);
    }
}

TEST(SearchPath, is_not_used_for_a_name_with_a_slash) {
    const TemporaryDirectory folder;
    std::filesystem::create_directory(folder.path("sub"));
    put_program(folder, "sub/the_program", "echo_back");
    auto options = with_path(folder.path());
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"sub/the_program"}, options);
    options.cwd = folder.path();
    EXPECT_EQ(collect({"sub/the_program"}, options).status, ExitStatus::exited(0));
    EXPECT_EQ(collect({"./sub/the_program"}, options).status, ExitStatus::exited(0));
}

TEST(SearchPath, is_used_for_a_separate_executable_too) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "print_args");
    auto options = with_path(folder.path());
    options.executable = "the_program";
    EXPECT_EQ(output_of({"shown"}, options), "5:shown\n");
    options.executable = "another";
    const SpawnError error = spawn_error_of({"shown"}, options);
    EXPECT_EQ(error.stage(), Stage::exec);
    EXPECT_EQ(error.program(), "another");
}

TEST(SearchPath, may_have_entries_longer_than_any_path) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    const std::string path = '/' + std::string(20000, 'x') + separator + folder.path();
    EXPECT_EQ(collect({"the_program"}, with_path(path)).status, ExitStatus::exited(0));
}

TEST(SearchPath, is_not_searched_for_an_empty_name) {
    expect_spawn_error(Stage::arguments, std::errc::invalid_argument, {""});
}

} // namespace
