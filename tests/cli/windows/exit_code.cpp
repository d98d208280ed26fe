#include "cli/command.hpp"

namespace {

using namespace cli_tests;

TEST(ExitCode, has_all_its_32_bits) {
    for (const int code : {256, 300, 70000, -1, -1073741819}) {
        const auto [done, json] = report_of({}, {child("exit_with"), std::to_string(code)});
        EXPECT_EQ(code_of(done), code);
        EXPECT_EQ(json["status"]["code"], code);
    }
}

TEST(ExitCode, is_expected_with_a_sign_or_without) {
    const TemporaryDirectory folder;
    for (const char *code : {"-1073741819", "3221225477"}) {
        const std::string script = folder.write("test.talk", std::string("expect-exit ") + code + "\n");
        const Completed done = ended(talk_with({"--script", script}, {child("exit_with"), "-1073741819"}));
        EXPECT_EQ(code_of(done), 0) << done.err;
    }
}

TEST(ExitCode, out_of_range_is_refused) {
    const TemporaryDirectory folder;
    const std::string script = folder.write("test.talk", "expect-exit 4294967296\n");
    const Completed done = ended(talk_with({"--script", script}, {child("exit_with"), "0"}));
    EXPECT_EQ(code_of(done), 125);
    EXPECT_THAT(done.err, HasSubstr("write a number from -2147483648 to 4294967295"));
}

} // namespace
