#include "base/windows_command_line.hpp"

#include "base/utf16.hpp"
#include "unit/windows_argv_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using backchat::Stage;
using backchat::base::ArgumentFault;
using backchat::base::max_command_line;
using backchat::base::to_utf16;
using backchat::base::to_utf8;
using backchat::base::windows_command_line;
using testing::HasSubstr;
using windows_argv_model::TwoQuotes;

/// Gives the command line in UTF-8, which a failed comparison prints.
std::string line(const std::vector<std::string> &argv) {
    const auto made = windows_command_line(argv);
    EXPECT_FALSE(made.fault) << made.fault->detail;
    return to_utf8(made.text);
}

ArgumentFault fault(const std::vector<std::string> &argv) {
    const auto made = windows_command_line(argv);
    EXPECT_EQ(made.text, u"");
    EXPECT_TRUE(made.fault);
    return made.fault.value_or(ArgumentFault{});
}

std::vector<std::u16string> in_utf16(const std::vector<std::string> &argv) {
    std::vector<std::u16string> units;
    for (const std::string &argument : argv) units.push_back(to_utf16(argument).value());
    return units;
}

/// What every program must make of the command line.
void expect_is_read_back(const std::vector<std::string> &argv) {
    const auto made = windows_command_line(argv);
    ASSERT_FALSE(made.fault) << made.fault->detail;
    const auto given = in_utf16(argv);
    const std::string text = to_utf8(made.text);
    ASSERT_EQ(windows_argv_model::c_runtime(made.text, TwoQuotes::go_on), given) << text;
    ASSERT_EQ(windows_argv_model::c_runtime(made.text, TwoQuotes::end), given) << text;
    ASSERT_EQ(windows_argv_model::shell32(made.text), given) << text;
}

TEST(WindowsCommandLine, has_blanks_between_arguments) {
    EXPECT_EQ(line({"bc", "-q", "x=1", R"(C:\a\b)",
                    "gr\xC3\xB6\xC3\x9F"
                    "e"}),
              "\"bc\" -q x=1 C:\\a\\b gr\xC3\xB6\xC3\x9F"
              "e");
}

TEST(WindowsCommandLine, has_the_program_in_quotes_and_nothing_escaped_there) {
    EXPECT_EQ(line({"C:\\Program Files\\bc\\"}), R"("C:\Program Files\bc\")");
    EXPECT_EQ(line({"C:\\Program Files\\bc\\\\", "a"}), R"("C:\Program Files\bc\\" a)");
    EXPECT_EQ(line({"", "a"}), R"("" a)");
    expect_is_read_back({R"(C:\tools\)", "a b"});
    expect_is_read_back({"", ""});
}

TEST(WindowsCommandLine, has_quotes_where_an_argument_would_fall_apart) {
    EXPECT_EQ(line({"x", ""}), R"("x" "")");
    EXPECT_EQ(line({"x", "a b"}), R"("x" "a b")");
    EXPECT_EQ(line({"x", "a\tb", "a\nb", "a\rb", "a\vb", "a\fb"}),
              "\"x\" \"a\tb\" \"a\nb\" \"a\rb\" \"a\vb\" \"a\fb\"");
    EXPECT_EQ(line({"x", " ", "\t", "\n"}), "\"x\" \" \" \"\t\" \"\n\"");
}

TEST(WindowsCommandLine, has_quotes_where_a_program_would_read_more_than_is_there) {
    EXPECT_EQ(line({"x", "*.txt", "a?", "it's"}), R"("x" "*.txt" "a?" "it's")");
}

TEST(WindowsCommandLine, escapes_quotes) {
    EXPECT_EQ(line({"x", R"(")"}), R"("x" "\"")");
    EXPECT_EQ(line({"x", R"("a b")"}), R"("x" "\"a b\"")");
    EXPECT_EQ(line({"x", R"(a"b)"}), R"("x" "a\"b")");
    EXPECT_EQ(line({"x", R"("")"}), R"("x" "\"\"")");
}

TEST(WindowsCommandLine, doubles_backslashes_where_a_quote_follows_and_nowhere_else) {
    EXPECT_EQ(line({"x", R"(\)", R"(a\\b)", R"(\\server\share\)"}), R"("x" \ a\\b \\server\share\)");
    EXPECT_EQ(line({"x", R"(a b\)"}), R"("x" "a b\\")");
    EXPECT_EQ(line({"x", R"(a b\\)"}), R"("x" "a b\\\\")");
    EXPECT_EQ(line({"x", R"(a\\ b)"}), R"("x" "a\\ b")");
    EXPECT_EQ(line({"x", R"(\")"}), R"("x" "\\\"")");
    EXPECT_EQ(line({"x", R"(a\\"b)"}), R"("x" "a\\\\\"b")");
    EXPECT_EQ(line({"x", R"(\a\b"c\)"}), R"("x" "\a\b\"c\\")");
}

TEST(WindowsCommandLine, keeps_lone_surrogates) {
    EXPECT_EQ(windows_command_line({"x", "\xED\xA0\xBD", "\xED\xB0\x80 "}).text, (u"\"x\" \xD83D \"\xDC00 \""));
}

TEST(WindowsCommandLine, is_read_back_by_every_program) {
    const std::vector<std::string> matters = {"\"",
                                              "\"",
                                              "\\",
                                              "\\",
                                              "\\\\",
                                              " ",
                                              " ",
                                              "\t",
                                              "\n",
                                              "a",
                                              "b",
                                              "'",
                                              "*",
                                              "\xC3\xA9",
                                              "^%&|",
                                              "\xE2\x80\x9C",
                                              "\xF0\x9F\x90\x9F",
                                              "\xED\xA0\x80",
                                              "/",
                                              "="};
    const std::vector<std::string> of_a_program = {"\\", "\\", " ", "\t",       "a",
                                                   "b",  ".",  "/", "\xC3\xA9", "\xED\xB0\x80"};
    windows_argv_model::Arguments arguments(20'080'401);
    for (int round = 0; round < 100'000; ++round) {
        std::vector<std::string> argv = {arguments.next(of_a_program, 8)};
        for (std::size_t left = arguments.below(6); left > 0; --left) argv.push_back(arguments.next(matters, 12));
        ASSERT_NO_FATAL_FAILURE(expect_is_read_back(argv)) << "in round " << round;
    }
}

TEST(WindowsCommandLine, is_read_back_for_every_short_argument) {
    // All arguments of up to seven characters out of four: nothing that a random one might miss.
    constexpr std::string_view alphabet = "\"\\ a";
    for (std::size_t length = 0, count = 1; length <= 7; ++length, count *= alphabet.size()) {
        for (std::size_t number = 0; number < count; ++number) {
            std::string argument;
            for (std::size_t left = number; argument.size() < length; left /= alphabet.size())
                argument += alphabet[left % alphabet.size()];
            ASSERT_NO_FATAL_FAILURE(expect_is_read_back({"x", argument, "end"}));
        }
    }
}

TEST(WindowsCommandLine, refuses_a_quote_in_the_programs_name) {
    for (const std::vector<std::string> &argv :
         {std::vector<std::string>{"\""}, {"a\"b", "c"}, {"\"C:\\Program Files\\bc.exe\""}}) {
        const ArgumentFault found = fault(argv);
        EXPECT_EQ(found.stage, Stage::arguments);
        EXPECT_EQ(found.error, std::errc::invalid_argument);
        EXPECT_EQ(found.index, 0U);
        EXPECT_THAT(found.detail, HasSubstr("argument 0 has a quote"));
    }
}

TEST(WindowsCommandLine, refuses_what_is_no_utf8) {
    const ArgumentFault found = fault({"x", "fine", "caf\xE9"});
    EXPECT_EQ(found.stage, Stage::arguments);
    EXPECT_EQ(found.error, std::errc::illegal_byte_sequence);
    EXPECT_EQ(found.index, 2U);
    EXPECT_THAT(found.detail, HasSubstr("argument 2 is no UTF-8 from byte 3 on"));
    EXPECT_EQ(fault({"\xFF"}).index, 0U);
}

TEST(WindowsCommandLine, refuses_what_is_too_long) {
    const std::size_t before = std::string_view(R"("x" )").size();
    const std::size_t room = max_command_line - 1 - before; // the NUL counts
    EXPECT_EQ(windows_command_line({"x", std::string(room, 'a')}).text.size(), max_command_line - 1);
    const ArgumentFault found = fault({"x", std::string(room + 1, 'a'), "b"});
    EXPECT_EQ(found.stage, Stage::exec);
    EXPECT_EQ(found.error, std::errc::argument_list_too_long);
    EXPECT_EQ(found.index, 1U);
    EXPECT_THAT(found.detail, HasSubstr("32766"));

    EXPECT_EQ(fault({"x", std::string(room, 'a'), "b"}).index, 2U);
    EXPECT_EQ(fault({std::string(max_command_line, 'a')}).index, 0U);
    // What is added counts.
    EXPECT_EQ(fault({"x", std::string(room / 2 + 1, '"')}).error, std::errc::argument_list_too_long);
}

TEST(WindowsCommandLine, is_measured_in_units_and_not_in_bytes) {
    std::string text;
    for (int i = 0; i < 16'000; ++i) text += "\xE2\x82\xAC"; // three bytes, one unit
    EXPECT_EQ(windows_command_line({"x", text}).text.size(), 16'004U);
    text.clear();
    for (int i = 0; i < 17'000; ++i) text += "\xF0\x9F\x90\x9F"; // four bytes, two units
    EXPECT_EQ(fault({"x", text}).error, std::errc::argument_list_too_long);
}

} // namespace
