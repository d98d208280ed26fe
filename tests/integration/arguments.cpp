#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(Arguments, arrive_as_they_are) {
    const std::string program = child("print_args");
    const std::vector<std::string> odd = {program,
                                          "",
                                          " ",
                                          "a b",
                                          "\"quoted\"",
                                          "back\\slash",
                                          "at the end\\",
                                          "\\\"",
                                          "*",
                                          "$HOME",
                                          "%PATH%",
                                          "\xc3\xa4 \xf0\x9f\x98\x80",
                                          "tab\tline\nend",
                                          std::string(20000, 'x')};
    std::string expected;
    for (const auto &argument : odd) expected += std::to_string(argument.size()) + ':' + argument + '\n';
    EXPECT_EQ(output_of(odd), expected);
}

TEST(Arguments, may_be_thousands) {
    std::vector<std::string> many = {child("print_args")};
    for (int i = 0; i < 5000; ++i) many.push_back(std::to_string(i));
    EXPECT_EQ(support::split(output_of(many)).size(), many.size());
}

TEST(Arguments, start_with_the_name_given_not_the_executable) {
    EXPECT_EQ(output_of({"other name"}, {.executable = child("print_args")}), "10:other name\n");
    EXPECT_EQ(output_of({""}, {.executable = child("print_args")}), "0:\n");
}

TEST(Arguments, are_kept_by_the_object) {
    const Popen p({child("echo_back"), "unused"});
    EXPECT_EQ(p.argv(), (std::vector<std::string>{child("echo_back"), "unused"}));
    EXPECT_GT(p.pid(), 0);
}

TEST(Arguments, refuse_what_cannot_be_passed) {
    using namespace std::string_literals;
    expect_spawn_error(Stage::arguments, std::errc::invalid_argument, {});
    expect_spawn_error(Stage::arguments, std::errc::invalid_argument, {child("print_args"), "a\0b"s});
    expect_spawn_error(Stage::arguments, std::errc::invalid_argument, {child("print_args") + "\0"s});
    EXPECT_EQ(spawn_error_of({"name"}, {.executable = "a\0b"s}).code(), std::errc::invalid_argument);
}

TEST(Arguments, too_long_for_the_system_are_an_exec_error) {
    expect_spawn_error(Stage::exec, std::errc::argument_list_too_long,
                       {child("print_args"), std::string(64u << 20, 'x')});
}

} // namespace
