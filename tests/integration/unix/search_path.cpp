#include "integration/search_path.hpp"

#include "integration/talk.hpp"

namespace {

using namespace integration;
using support::TemporaryDirectory;

TEST(SearchPath, takes_the_first_that_can_be_run) {
    const TemporaryDirectory no_folder, not_executable, first, second;
    not_executable.write("the_program", "text", 0644);
    put_program(first, "the_program", "print_args");
    put_program(second, "the_program", "echo_back");
    const std::string path = no_folder.path("none") + ':' + not_executable.path() + ':' +
                             not_executable.path("the_program") + ':' + first.path() + ':' + second.path();
    EXPECT_EQ(output_of({"the_program"}, with_path(path)), "11:the_program\n");
}

TEST(SearchPath, remembers_that_something_could_not_be_run) {
    const TemporaryDirectory one, two;
    one.write("the_program", "text", 0644);
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {"the_program"},
                       with_path(one.path() + ':' + two.path()));
    expect_spawn_error(Stage::exec, std::errc::permission_denied, {"the_program"},
                       with_path(two.path() + ':' + one.path()));
}

TEST(SearchPath, is_the_systems_where_the_child_has_none) {
    EXPECT_EQ(collect({"true"}, {.environment = Environment::clear()}).status, ExitStatus::exited(0));
    EXPECT_EQ(collect({"true"}, {.environment = Environment().unset("PATH")}).status, ExitStatus::exited(0));
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"the_program"},
                       {.cwd = folder.path(), .environment = Environment::clear()});
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

TEST(SearchPath, may_have_entries_of_any_length) {
    const TemporaryDirectory folder;
    put_program(folder, "the_program", "echo_back");
    const std::string path = '/' + std::string(100000, 'x') + ':' + folder.path();
    EXPECT_EQ(collect({"the_program"}, with_path(path)).status, ExitStatus::exited(0));
}

} // namespace
