#include "core/check.hpp"

#include "unit/print.hpp"

#include <backchat/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace backchat;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::string_literals;

std::optional<SpawnError> refusal(const std::vector<std::string> &argv, const Options &options = {}) {
    try {
        core::check(argv, options);
    } catch (const SpawnError &error) {
        return error;
    }
    return std::nullopt;
}

/// Expects that a request is refused at `stage`, with words that have `culprit` in them.
void expect_refused(Stage stage, const std::string &culprit, const std::vector<std::string> &argv,
                    const Options &options = {}) {
    const auto error = refusal(argv, options);
    ASSERT_TRUE(error) << "not refused, although " << culprit;
    EXPECT_EQ(error->stage(), stage) << error->what();
    EXPECT_EQ(error->code(), std::errc::invalid_argument) << error->what();
    EXPECT_THAT(error->what(), HasSubstr(culprit));
}

void expect_options_refused(const std::string &culprit, const Options &options) {
    expect_refused(Stage::options, culprit, {"program"}, options);
}

void expect_accepted(const std::vector<std::string> &argv, const Options &options = {}) {
    const auto error = refusal(argv, options);
    EXPECT_FALSE(error) << error->what();
}

TEST(Check, accepts_the_usual) {
    expect_accepted({"program"});
    expect_accepted({"program", "", " ", "-x", "\xff", "a\nb"});
    expect_accepted({""}, {.executable = "program"});
}

TEST(Check, refuses_an_argv_that_cannot_be_run) {
    expect_refused(Stage::arguments, "argv is empty", {});
    expect_refused(Stage::arguments, "argv is empty", {}, {.executable = "program"});
    expect_refused(Stage::arguments, "program's name is empty", {""});
    expect_refused(Stage::arguments, "program's name is empty", {"shown"}, {.executable = ""});
}

TEST(Check, refuses_a_nul_in_what_becomes_a_c_string) {
    expect_refused(Stage::arguments, "argument 0 has a NUL", {"a\0b"s});
    expect_refused(Stage::arguments, "argument 2 has a NUL", {"program", "fine", "a\0b"s, "fine"});
    expect_refused(Stage::arguments, "argument 1 has a NUL", {"program", "at the end\0"s});
    expect_refused(Stage::arguments, "executable's name has a NUL", {"shown"}, {.executable = "a\0b"s});
    expect_options_refused("cwd has a NUL", {.cwd = "/tmp\0/"s});
    expect_options_refused("file name for stdin has a NUL", {.in = Redirect::read_file("a\0b"s)});
    expect_options_refused("file name for stdout has a NUL", {.out = Redirect::truncate_file("a\0b"s)});
    expect_options_refused("file name for stderr has a NUL", {.err = Redirect::append_file("a\0b"s)});
    expect_options_refused("file name for descriptor 5 has a NUL",
                           {.descriptors = {{5, Redirect::read_file("a\0b"s)}}});
}

TEST(Check, names_the_program_that_was_to_run) {
    EXPECT_EQ(refusal({"shown"}, {.umask = 01000})->program(), "shown");
    EXPECT_THAT(refusal({"shown"}, {.umask = 01000})->what(), StartsWith("shown: options (umask"));
    EXPECT_EQ(refusal({"shown"}, {.executable = "run", .umask = 01000})->program(), "run");
    EXPECT_EQ(refusal({})->program(), "");
}

TEST(Check, refuses_an_environment_that_cannot_be_passed) {
    expect_refused(Stage::environment, "name is empty", {"program"}, {.environment = Environment().set("", "x")});
    expect_refused(Stage::environment, "'A=B'", {"program"}, {.environment = Environment().set("A=B", "x")});
    expect_refused(Stage::environment, "name has a NUL", {"program"}, {.environment = Environment().set("A\0"s, "x")});
    expect_refused(Stage::environment, "'A' has a NUL", {"program"}, {.environment = Environment().set("A", "x\0"s)});
    expect_accepted({"program"}, {.environment = Environment::clear().set("A", "=").unset("B")});
}

TEST(Check, refuses_redirections_that_lead_nowhere) {
    expect_options_refused("file for stdin has no name", {.in = Redirect::read_file("")});
    expect_options_refused("file for stdout has no name", {.out = Redirect::truncate_file("")});
    expect_options_refused("file for stderr has no name", {.err = Redirect::append_file("")});
    expect_accepted({"program"}, {.in = Redirect::handle(0), .out = Redirect::discard(), .err = Redirect::inherit()});
}

TEST(Check, merges_stderr_alone) {
    expect_options_refused("not for stdin", {.in = Redirect::merge_stdout()});
    expect_options_refused("not for stdout", {.out = Redirect::merge_stdout()});
    expect_options_refused("not for descriptor 3", {.descriptors = {{3, Redirect::merge_stdout()}}});
    for (const Redirect &out : {Redirect::pipe(), Redirect::inherit(), Redirect::discard(), Redirect::handle(7)})
        expect_accepted({"program"}, {.out = out, .err = Redirect::merge_stdout()});
}

TEST(Check, refuses_descriptors_that_have_a_meaning_of_their_own) {
    for (const int number : {-1, 0, 1, 2})
        expect_options_refused("descriptor " + std::to_string(number) + " is not above 2",
                               {.descriptors = {{number, Redirect::handle(0)}}});
    expect_options_refused("descriptor 3 cannot be a pipe", {.descriptors = {{3, Redirect::pipe()}}});
    expect_options_refused("file for descriptor 4 has no name", {.descriptors = {{4, Redirect::read_file("")}}});
    expect_options_refused(
        "descriptor 4 is given twice",
        {.descriptors = {{4, Redirect::discard()}, {3, Redirect::discard()}, {4, Redirect::handle(0)}}});
    expect_accepted({"program"}, {.descriptors = {{3, Redirect::handle(0)}, {4, Redirect::handle(0)}}});
}

TEST(Check, refuses_a_session_that_joins_a_group_of_another) {
    expect_options_refused("new session", {.new_session = true, .process_group = ProcessGroup::join(10)});
    expect_accepted({"program"}, {.new_session = true, .process_group = ProcessGroup::own()});
    expect_accepted({"program"}, {.process_group = ProcessGroup::join(10)});
}

TEST(Check, refuses_to_join_what_is_no_group) {
    expect_options_refused("process group", {.process_group = ProcessGroup::join(0)});
    expect_options_refused("process group", {.process_group = ProcessGroup::join(-5)});
}

TEST(Check, refuses_values_out_of_range) {
    expect_options_refused("umask", {.umask = 01000});
    expect_options_refused("linger", {.linger = {.idle = std::chrono::nanoseconds(-1)}});
    expect_options_refused("linger", {.linger = {.total = std::chrono::nanoseconds(-1)}});
    expect_options_refused("soft resource limit",
                           {.limits = {{Resource::open_files, 10, 10}, {Resource::core_size, 2, 1}}});
    expect_accepted({"program"}, {.umask = 0777});
    expect_accepted({"program"}, {.umask = 0});
    expect_accepted({"program"},
                    {.limits = {{Resource::core_size, ResourceLimit::unlimited, ResourceLimit::unlimited}}});
    expect_accepted({"program"}, {.linger = {.idle = {}, .total = {}}});
    expect_accepted({"program"},
                    {.linger = {.idle = std::chrono::nanoseconds::max(), .total = std::chrono::nanoseconds::max()}});
}

} // namespace
