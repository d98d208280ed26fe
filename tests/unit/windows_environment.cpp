#include "base/windows_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using backchat::Environment;
using backchat::base::find_windows_variable;
using backchat::base::windows_environment;
using backchat::base::windows_environment_block;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using namespace std::string_literals;

const std::vector<std::string> inherited = {"=C:=C:\\work", "=ExitCode=00000000", "Path=C:\\bin",
                                            "SystemRoot=C:\\Windows", "TEMP=C:\\temp"};

TEST(WindowsEnvironment, is_what_was_inherited) { EXPECT_EQ(windows_environment(Environment(), inherited), inherited); }

TEST(WindowsEnvironment, compares_names_without_case) {
    EXPECT_THAT(windows_environment(Environment().set("PATH", "D:\\").unset("temp"), inherited),
                ElementsAre("=C:=C:\\work", "=ExitCode=00000000", "PATH=D:\\", "SystemRoot=C:\\Windows"));
    EXPECT_THAT(windows_environment(Environment().set("a", "1").set("B", "2").set("A", "3").unset("b"), {}),
                ElementsAre("A=3"));
    EXPECT_THAT(windows_environment(Environment().set("gr\xC3\xB6\xC3\x9F"
                                                      "e",
                                                      "1"),
                                    {"GR\xC3\x96\xC3\x9F"
                                     "E=0"}),
                ElementsAre("gr\xC3\xB6\xC3\x9F"
                            "e=1"));
    EXPECT_THAT(windows_environment(Environment().set("\xD1\x8F", "1").set("\xD0\xAF", "2"), {}),
                ElementsAre("\xD0\xAF=2"));
}

TEST(WindowsEnvironment, has_the_first_of_what_was_inherited_twice) {
    EXPECT_THAT(windows_environment(Environment(), {"Path=1", "PATH=2"}), ElementsAre("Path=1"));
    EXPECT_THAT(windows_environment(Environment().unset("path"), {"Path=1", "PATH=2"}), IsEmpty());
}

TEST(WindowsEnvironment, is_sorted_by_names_in_upper_case) {
    EXPECT_THAT(
        windows_environment(Environment::replace({{"b", "1"}, {"_", "2"}, {"C", "3"}, {"a", "4"}, {"1", "5"}}), {}),
        ElementsAre("1=5", "a=4", "b=1", "C=3", "_=2")); // '_' lies between upper and lower case
    EXPECT_THAT(windows_environment(Environment(), {"zero=0", "=D:=D:\\", "=C:=C:\\", "ONE=1"}),
                ElementsAre("=C:=C:\\", "=D:=D:\\", "ONE=1", "zero=0"));
    EXPECT_THAT(windows_environment(
                    Environment::replace({{"\xC3\xA4", "3"}, {"Z", "1"}, {"\xC3\x84\xC3\x84", "4"}, {"[", "2"}}), {}),
                ElementsAre("Z=1", "[=2", "\xC3\xA4=3", "\xC3\x84\xC3\x84=4"));
}

TEST(WindowsEnvironment, is_sorted_by_names_alone) {
    // '-' and blanks come before '=', but a name comes before a longer one.
    EXPECT_THAT(windows_environment(Environment::replace({{"A-B", "1"}, {"A B", "2"}, {"A", "3"}, {"AB", "4"}}), {}),
                ElementsAre("A=3", "A B=2", "A-B=1", "AB=4"));
    EXPECT_THAT(windows_environment(Environment::replace({{"B", "1"}, {"A", "2"}}), {}), ElementsAre("A=2", "B=1"));
}

TEST(WindowsEnvironment, is_sorted_by_units_and_not_by_characters) {
    // U+1F41F begins with the unit D83D, before the unit FF21; as characters they are the other way round.
    EXPECT_THAT(windows_environment(Environment::replace({{"\xEF\xBC\xA1", "2"}, {"\xF0\x9F\x90\x9F", "1"}}), {}),
                ElementsAre("\xF0\x9F\x90\x9F=1", "\xEF\xBC\xA1=2"));
}

TEST(WindowsEnvironment, keeps_the_directories_of_drives) {
    EXPECT_THAT(windows_environment(Environment().set("X", ""), {"=::=::\\", "=C:=C:\\a=b", "=c:=twice"}),
                ElementsAre("=::=::\\", "=C:=C:\\a=b", "X="));
    EXPECT_THAT(windows_environment(Environment::clear(), {"=C:=C:\\a"}), IsEmpty());
}

TEST(WindowsEnvironment, keeps_the_place_of_windows) {
    EXPECT_THAT(windows_environment(Environment::clear(), inherited), ElementsAre("SystemRoot=C:\\Windows"));
    EXPECT_THAT(windows_environment(Environment::replace({{"A", "1"}, {"Z", "2"}}), inherited),
                ElementsAre("A=1", "SystemRoot=C:\\Windows", "Z=2"));
}

TEST(WindowsEnvironment, has_the_place_of_windows_as_it_is_asked_for) {
    EXPECT_THAT(windows_environment(Environment::replace({{"systemroot", "X:\\"}}), inherited),
                ElementsAre("systemroot=X:\\"));
    EXPECT_THAT(windows_environment(Environment::clear().unset("SystemROOT"), inherited), IsEmpty());
    EXPECT_THAT(windows_environment(Environment().unset("SYSTEMROOT"), {"A=1", "SystemRoot=C:\\Windows"}),
                ElementsAre("A=1"));
    EXPECT_THAT(windows_environment(Environment::clear(), {"A=1"}), IsEmpty()); // we have none ourselves
}

TEST(WindowsEnvironment, is_without_what_would_end_it) {
    EXPECT_THAT(windows_environment(Environment(), {"A=1", "", "ODD", "="}), ElementsAre("=", "A=1", "ODD"));
}

TEST(WindowsVariable, is_found_without_case) {
    const std::vector<std::string> variables = {"=C:=C:\\a", "Path=C:\\bin;D:\\", "PATHEXT=.EXE", "EMPTY=", "ODD"};
    EXPECT_THAT(find_windows_variable(variables, "PATH"), Optional("C:\\bin;D:\\"s));
    EXPECT_THAT(find_windows_variable(variables, "pathext"), Optional(".EXE"s));
    EXPECT_THAT(find_windows_variable(variables, "empty"), Optional(""s));
    EXPECT_THAT(find_windows_variable(variables, "=c:"), Optional("C:\\a"s));
    EXPECT_EQ(find_windows_variable(variables, "PAT"), std::nullopt);
    EXPECT_EQ(find_windows_variable(variables, "ODD"), std::nullopt);
}

TEST(WindowsEnvironmentBlock, has_a_nul_behind_each_variable_and_one_more) {
    const auto block = windows_environment_block({"=C:=C:\\", "A=\xC3\xA9", "B="});
    EXPECT_EQ(block.text, u"=C:=C:\\\0A=\u00E9\0B=\0\0"s);
    EXPECT_EQ(block.fault, std::nullopt);
}

TEST(WindowsEnvironmentBlock, has_two_nuls_when_it_is_empty) {
    EXPECT_EQ(windows_environment_block({}).text, (std::u16string(2, u'\0')));
}

TEST(WindowsEnvironmentBlock, keeps_lone_surrogates) {
    EXPECT_EQ(windows_environment_block({"A=\xED\xA0\xBD"}).text, (std::u16string{u'A', u'=', 0xD83D, 0, 0}));
    EXPECT_THAT(windows_environment(Environment().set("\xED\xA0\xBD"
                                                      "a",
                                                      "2"),
                                    {"\xED\xA0\xBD"
                                     "A=1"}),
                ElementsAre("\xED\xA0\xBD"
                            "a=2"));
}

TEST(WindowsEnvironmentBlock, is_refused_for_what_is_no_utf8) {
    const auto value =
        windows_environment_block(windows_environment(Environment().set("GOOD", "1").set("BAD", "caf\xE9"), {}));
    EXPECT_EQ(value.text, u"");
    EXPECT_THAT(value.fault, Optional(HasSubstr("the value of 'BAD' is no UTF-8 from byte 3 on")));
    const auto name = windows_environment_block(windows_environment(Environment().set("B\xFF"
                                                                                      "D",
                                                                                      "1"),
                                                                    {}));
    EXPECT_EQ(name.text, u"");
    EXPECT_THAT(name.fault, Optional(HasSubstr("name is no UTF-8 from byte 1 on")));
}

} // namespace
