#include "integration/talk.hpp"
#include "support/temporary_directory.hpp"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace {

using namespace integration;
using support::TemporaryDirectory;

void put_program(const TemporaryDirectory &folder, const std::string &name, const std::string &program) {
    std::filesystem::create_symlink(child(program), folder.path(name));
}

Options with_path(const std::string &path) { return {.environment = Environment().set("PATH", path)}; }

TEST(SearchPath, is_the_childs_not_ours) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    EXPECT_EQ(collect({"the_program"}, with_path(folder.path())).status, ExitStatus::exited(0));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"});

    const std::string ours = std::getenv("PATH");
    ::setenv("PATH", folder.path().c_str(), 1);
    EXPECT_EQ(collect({"the_program"}).status, ExitStatus::exited(0));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, with_path("/nowhere"));
    ::setenv("PATH", ours.c_str(), 1);
}

TEST(SearchPath, takes_the_first_that_can_be_run) {
    const TemporaryDirectory no_folder, not_executable, first, second;
    not_executable.write("the_program", "text", 0644);
    put_program(first, "the_program", "print_args");
    put_program(second, "the_program", "echo_back");
    const std::string path = no_folder.path("none") + ':' + not_executable.path() + ':' +
                             not_executable.path("the_program") + ':' + first.path() + ':' + second.path();
    EXPECT_EQ(output_of({"the_program"}, with_path(path)), "11:the_program\n");
}

TEST(SearchPath, passes_over_a_folder_of_the_programs_name) {
    const TemporaryDirectory one, two;
    std::filesystem::create_directory(one.path("the_program"));
    put_program(two, "the_program", "print_args");
    EXPECT_EQ(output_of({"the_program"}, with_path(one.path() + ':' + two.path())), "11:the_program\n");
}

TEST(SearchPath, remembers_that_something_could_not_be_run) {
    const TemporaryDirectory one, two;
    one.write("the_program", "text", 0644);
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {"the_program"},
                       with_path(one.path() + ':' + two.path()));
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {"the_program"},
                       with_path(two.path() + ':' + one.path()));
}

TEST(SearchPath, never_uses_empty_or_relative_entries) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    std::filesystem::create_directory(folder.path("sub"));
    std::filesystem::create_symlink(child("echo_back"), folder.path("sub/the_program"));
    const auto ours = std::filesystem::current_path();
    for (const std::string path :
         {"", ":", "::", ".", "./", "sub", "./sub", "/nowhere:", ":/nowhere", "/nowhere::/none"}) {
        auto options = with_path(path);
        options.cwd = folder.path();
        expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, options);
        std::filesystem::current_path(folder.path()); // neither from the child's directory nor from ours
        expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"}, with_path(path));
        std::filesystem::current_path(ours);
    }
}

TEST(SearchPath, is_the_systems_where_the_child_has_none) {
    EXPECT_EQ(collect({"true"}, {.environment = Environment::clear()}).status, ExitStatus::exited(0));
    EXPECT_EQ(collect({"true"}, {.environment = Environment().unset("PATH")}).status, ExitStatus::exited(0));
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"},
                       {.cwd = folder.path(), .environment = Environment::clear()});
}

TEST(SearchPath, is_not_used_for_a_name_with_a_slash) {
    const TemporaryDirectory folder;
    std::filesystem::create_directory(folder.path("sub"));
    std::filesystem::create_symlink(child("echo_back"), folder.path("sub/the_program"));
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

TEST(SearchPath, does_not_run_a_file_of_no_known_format_by_a_shell) {
    const TemporaryDirectory folder;
    folder.write("the_program", "exit 0\n", 0755);
    expect_spawn_error(Stage::exec, std::errc::executable_format_error, {"the_program"}, with_path(folder.path()));
    expect_spawn_error(Stage::exec, std::errc::executable_format_error, {folder.path("the_program")});
}

TEST(SearchPath, runs_a_script_by_the_interpreter_it_names) {
    const TemporaryDirectory folder;
    const auto script = folder.write("script", "#!" + child("print_args") + "\n", 0755);
    const auto seen = support::split(output_of({"script", "argument"}, with_path(folder.path())));
    ASSERT_EQ(seen.size(), 3u);
    EXPECT_THAT(seen[1], testing::EndsWith(script));
    EXPECT_EQ(seen[2], "8:argument");
}

TEST(SearchPath, may_have_entries_longer_than_any_path) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    const std::string path = '/' + std::string(100000, 'x') + ':' + folder.path();
    EXPECT_EQ(collect({"the_program"}, with_path(path)).status, ExitStatus::exited(0));
}

TEST(SearchPath, is_not_searched_for_an_empty_name) {
    expect_spawn_error(Stage::arguments, std::errc::invalid_argument, {""});
}

} // namespace
