#include "unit/print.hpp"

#include <backchat/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace {

using namespace backchat;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// The system's own numbers for the same.
#ifdef _WIN32
constexpr int not_found = 2;   // ERROR_FILE_NOT_FOUND
constexpr int denied = 5;      // ERROR_ACCESS_DENIED
constexpr int invalid = 87;    // ERROR_INVALID_PARAMETER
constexpr int out_of_room = 4; // ERROR_TOO_MANY_OPEN_FILES
#else
constexpr int not_found = ENOENT;
constexpr int denied = EACCES;
constexpr int invalid = EINVAL;
constexpr int out_of_room = EMFILE;
#endif

std::error_code system_error(int number) { return {number, std::system_category()}; }

TEST(Error, names_step_error_and_program) {
    const Error error(Stage::exec, system_error(not_found), "ffmpeg");
    EXPECT_EQ(error.stage(), Stage::exec);
    EXPECT_EQ(error.program(), "ffmpeg");
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    EXPECT_EQ(error.code().value(), not_found);
    EXPECT_THAT(error.what(), AllOf(StartsWith("ffmpeg: exec"), HasSubstr(system_error(not_found).message())));
}

TEST(Error, tells_the_detail_between_the_step_and_the_error) {
    const Error error(Stage::working_directory, system_error(denied), "make", "/root/secret");
    EXPECT_EQ(error.what(), "make: chdir (/root/secret): " + system_error(denied).message());
}

TEST(Error, does_without_a_program) {
    const Error error(Stage::wait, system_error(invalid), {});
    EXPECT_EQ(error.program(), "");
    EXPECT_EQ(error.what(), "wait: " + system_error(invalid).message());
}

TEST(Error, tells_all_although_the_program_has_a_nul_in_its_name) {
    using namespace std::string_literals;
    const Error error(Stage::arguments, std::make_error_code(std::errc::invalid_argument), "a\0b"s, "why");
    EXPECT_EQ(error.program(), "a\0b"s);
    EXPECT_STREQ(error.what(), "a\\0b: arguments (why): Invalid argument");
}

TEST(Error, compares_equal_to_errc_whoever_has_found_it) {
    const Error ours(Stage::arguments, std::make_error_code(std::errc::invalid_argument), "x");
    const Error systems(Stage::signal, system_error(invalid), "x");
    EXPECT_EQ(ours.code(), std::errc::invalid_argument);
    EXPECT_EQ(systems.code(), std::errc::invalid_argument);
    EXPECT_EQ(ours.code().category(), std::generic_category());
    EXPECT_EQ(systems.code().category(), std::system_category());
}

TEST(Error, can_be_caught_by_each_of_its_names) {
    const auto raise = [] { throw SpawnError(Stage::pipe, system_error(out_of_room), "bc"); };
    EXPECT_THROW(raise(), SpawnError);
    EXPECT_THROW(raise(), Error);
    EXPECT_THROW(raise(), std::system_error);
    EXPECT_THROW(raise(), std::runtime_error);
}

TEST(NotAPipe, is_a_mistake_of_the_caller_not_of_the_system) {
    const auto raise = [] { throw NotAPipe("the child's stdin was not spawned as Redirect::pipe()"); };
    EXPECT_THROW(raise(), std::logic_error);
}

} // namespace
