#include "cli/command.hpp"

namespace {

using namespace cli_tests;

TEST(Usage, help_that_cannot_be_printed_is_a_failure) {
    const Completed done = ended(command_with({"--help"}), {.spawn = {.out = Redirect::append_file("/dev/full")}});
    EXPECT_EQ(code_of(done), 125);
    EXPECT_THAT(done.err, HasSubstr("No space left on device"));
}

TEST(Usage, program_without_permission_to_execute_is_126) {
    const TemporaryDirectory folder;
    const std::string not_executable = folder.write("plain", "text", 0644);
    const Completed done = command_ended({"run", "--", not_executable});
    EXPECT_EQ(code_of(done), 126) << done.err;
    EXPECT_THAT(done.err, HasSubstr(not_executable));
}

TEST(Usage, argument_that_is_no_text_is_passed_on) {
    const Arguments odd = {child("print_args"), "\xff\xfe"};
    EXPECT_EQ(ended(run_with({}, odd)).out, output_of(odd));
}

TEST(Usage, complaint_has_the_system_s_own_words) {
    EXPECT_THAT(command_ended({"run", "--cwd", "/no/such", "--", "true"}).err, HasSubstr("No such file or directory"));
}

} // namespace
