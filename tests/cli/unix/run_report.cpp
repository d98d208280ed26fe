#include "cli/command.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

TEST(RunReport, tells_of_a_signal) {
    const auto [done, json] = report_of({}, {child("raise_signal"), std::to_string(SIGKILL)});
    EXPECT_EQ(json["status"],
              (Json{{"kind", "signaled"}, {"code", nullptr}, {"signal", SIGKILL}, {"core_dumped", false}}));
}

TEST(RunReport, takes_arguments_that_are_no_text) {
    const auto [done, json] = report_of({}, {child("print_args"), "\xff\xfe", "ok \xc3\xbc"});
    EXPECT_EQ(json["argv"][1], "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(json["argv"][2], "ok \xc3\xbc");
}

TEST(RunReport, to_our_stderr_does_not_overwrite_what_the_child_wrote_there) {
    const TemporaryDirectory folder;
    folder.write("log", "before\n");
    const Completed done = ended(run_with({"--json", "/dev/stderr"}, {child("flood"), "err", "10"}),
                                 {.spawn = {.err = Redirect::append_file(folder.path("log"))}});
    const std::string log = folder.read("log");
    EXPECT_EQ(log.substr(0, 7), "before\n");
    EXPECT_EQ(Json::parse(log.substr(17))["bytes"]["stderr"], 10);
}

TEST(RunReport, that_cannot_be_written_fails_what_else_succeeded) {
    const Completed succeeded = ended(run_with({"--json", "/dev/full"}, {child("exit_with"), "0"}));
    EXPECT_EQ(code_of(succeeded), 125);
    EXPECT_THAT(succeeded.err, HasSubstr("--json: cannot write the report: No space left on device"));
    EXPECT_EQ(code_of(ended(run_with({"--json", "/dev/full"}, {child("exit_with"), "9"}))), 9);
}

TEST(RunReport, goes_to_stdout_by_its_other_name) {
    const Completed done = ended(run_with({"--json", "/dev/stdout"}, {child("exit_with"), "0", "text\n"}));
    ASSERT_THAT(done.out, testing::StartsWith("text\n"));
    EXPECT_EQ(Json::parse(done.out.substr(5))["bytes"]["stdout"], 5);
}

TEST(RunReport, counts_processor_time) {
    const auto [done, json] = report_of({}, {child("burns_processor_time"), "200", "8"});
    EXPECT_GE(json["usage"]["user_s"].get<double>() + json["usage"]["system_s"].get<double>(), 0.15);
    EXPECT_GE(json["usage"]["max_rss_bytes"], 8 << 20);
}

} // namespace
