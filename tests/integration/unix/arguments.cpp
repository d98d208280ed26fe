#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(Arguments, arrive_byte_for_byte) {
    const std::string program = child("print_args");
    const std::vector<std::string> odd = {program,
                                          "",
                                          " ",
                                          "a b",
                                          "\"quoted\"",
                                          "back\\slash",
                                          "*",
                                          "$HOME",
                                          "line\nend",
                                          "\xff\xfe",
                                          std::string(100000, 'x')};
    std::string expected;
    for (const auto &argument : odd) expected += std::to_string(argument.size()) + ':' + argument + '\n';
    EXPECT_EQ(output_of(odd), expected);
}

TEST(Arguments, may_be_many) {
    std::vector<std::string> many = {child("print_args")};
    for (int i = 0; i < 20000; ++i) many.push_back(std::to_string(i));
    EXPECT_EQ(support::split(output_of(many)).size(), many.size());
}

TEST(Arguments, go_through_a_shell_only_when_asked) {
    EXPECT_EQ(shell("exit 3"), (std::vector<std::string>{"/bin/sh", "-c", "exit 3"}));
    EXPECT_EQ(output_of(shell("echo \"$((1+1))\"")), "2\n");
    EXPECT_EQ(output_of({child("print_args"), "$(exit)"}),
              std::to_string(child("print_args").size()) + ':' + child("print_args") + "\n7:$(exit)\n");
}

} // namespace
