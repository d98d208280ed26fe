#include "cli/command.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

std::vector<std::string> keys_of(const Json &object) {
    std::vector<std::string> keys;
    for (const auto &[key, value] : object.items()) keys.push_back(key);
    return keys;
}

const std::vector<std::string> all_keys = {"argv", "bytes",  "eof",    "error", "holders", "holders_complete",
                                           "pid",  "reason", "status", "tree",  "usage",   "wall_s"};

TEST(RunReport, tells_all_about_a_child_that_exited) {
    const Arguments argv = {child("exit_with"), "3", "text"};
    const auto [done, json] = report_of({}, argv);
    EXPECT_EQ(keys_of(json), all_keys);
    EXPECT_EQ(json["argv"], argv);
    EXPECT_GT(json["pid"], 1);
    EXPECT_EQ(json["status"], (Json{{"kind", "exited"}, {"code", 3}, {"signal", nullptr}, {"core_dumped", nullptr}}));
    EXPECT_EQ(json["reason"], "exited");
    EXPECT_EQ(json["bytes"], (Json{{"stdin", nullptr}, {"stdout", 4}, {"stderr", 0}}));
    EXPECT_EQ(keys_of(json["usage"]), (std::vector<std::string>{"max_rss_bytes", "system_s", "user_s"}));
    EXPECT_TRUE(json["usage"]["max_rss_bytes"].is_number());
    EXPECT_GT(json["wall_s"], 0);
    EXPECT_LT(json["wall_s"], std::chrono::duration<double>(done.wall).count());
    EXPECT_TRUE(json["tree"].is_null());
    EXPECT_TRUE(json["error"].is_null());
}

TEST(RunReport, tells_of_a_spawn_that_failed) {
    const TemporaryDirectory folder;
    const Completed done = ended(run_with({"--json", folder.path("report")}, {"/no/such/program", "argument"}));
    EXPECT_EQ(code_of(done), 127);
    const Json json = Json::parse(folder.read("report"));
    EXPECT_EQ(keys_of(json), all_keys);
    EXPECT_EQ(json["argv"], (Arguments{"/no/such/program", "argument"}));
    EXPECT_EQ(json["error"]["stage"], "exec");
    EXPECT_EQ(json["error"]["code"], ENOENT);
    EXPECT_THAT(json["error"]["message"], HasSubstr("/no/such/program"));
    EXPECT_TRUE(json["status"].is_null());
    EXPECT_TRUE(json["pid"].is_null());
}

TEST(RunReport, goes_to_stdout_after_the_child_s_output) {
    for (const char *name : {"-"}) {
        const Completed done = ended(run_with({"--json", name}, {child("exit_with"), "0", "text\n"}));
        const auto lines = support::split(done.out);
        ASSERT_EQ(lines.size(), 2u) << done.out;
        EXPECT_EQ(lines[0], "text");
        EXPECT_EQ(Json::parse(lines[1])["bytes"]["stdout"], 5);
    }
}

TEST(RunReport, replaces_an_earlier_one) {
    const TemporaryDirectory folder;
    folder.write("report", std::string(10000, 'x'));
    ended(run_with({"--json", folder.path("report")}, {child("exit_with"), "0"}));
    EXPECT_EQ(Json::parse(folder.read("report"))["status"]["code"], 0);
}

} // namespace
