#include "integration/talk.hpp"
#include "support/current_directory.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>

namespace {

using namespace integration;
using support::TemporaryDirectory;

TEST(WorkingDirectory, is_ours_unless_said) {
    EXPECT_EQ(output_of({child("print_directory")}), std::filesystem::current_path().string());
}

TEST(WorkingDirectory, is_the_one_asked_for_and_ours_stays) {
    const TemporaryDirectory folder;
    const auto ours = std::filesystem::current_path();
    EXPECT_EQ(output_of({child("print_directory")}, {.cwd = folder.path()}), folder.path());
    EXPECT_EQ(std::filesystem::current_path(), ours);
}

TEST(WorkingDirectory, may_be_relative_to_ours) {
    const TemporaryDirectory folder;
    std::filesystem::create_directory(folder.path("sub"));
    const support::CurrentDirectory here(folder.path());
    EXPECT_EQ(output_of({child("print_directory")}, {.cwd = "sub"}), folder.path("sub"));
}

TEST(WorkingDirectory, that_cannot_be_entered_is_reported) {
    const TemporaryDirectory folder;
    const auto file = folder.write("file", "");
    expect_spawn_error(Stage::working_directory, std::errc::no_such_file_or_directory, {child("print_directory")},
                       {.cwd = folder.path("none")});
    expect_spawn_error(Stage::working_directory, std::errc::not_a_directory, {child("print_directory")}, {.cwd = file});
    expect_spawn_error(Stage::working_directory, std::errc::no_such_file_or_directory, {child("print_directory")},
                       {.cwd = ""});
}

TEST(WorkingDirectory, with_a_nul_is_refused) {
    using namespace std::string_literals;
    EXPECT_EQ(spawn_error_of({child("print_directory")}, {.cwd = "/\0tmp"s}).code(), std::errc::invalid_argument);
}

} // namespace
