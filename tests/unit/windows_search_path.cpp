#include "base/windows_search_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using backchat::base::default_windows_path;
using backchat::base::windows_search_path;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char *two = R"(C:\Windows;D:\bin)";

TEST(WindowsSearchPath, tries_each_ending_in_each_directory) {
    EXPECT_THAT(windows_search_path("tool", two),
                ElementsAre(R"(C:\Windows\tool.exe)", R"(C:\Windows\tool.com)", R"(C:\Windows\tool.bat)",
                            R"(C:\Windows\tool.cmd)", R"(D:\bin\tool.exe)", R"(D:\bin\tool.com)", R"(D:\bin\tool.bat)",
                            R"(D:\bin\tool.cmd)"));
}

TEST(WindowsSearchPath, tries_a_name_that_has_an_ending_as_it_is) {
    for (const std::string name : {"tool.exe", "tool.COM", "tool.Bat", "tool.cmd", "tool.v2.exe", ".exe"})
        EXPECT_THAT(windows_search_path(name, two), ElementsAre("C:\\Windows\\" + name, "D:\\bin\\" + name));
}

TEST(WindowsSearchPath, takes_a_dot_in_a_name_for_no_ending) {
    for (const std::string name : {"tool.v2", "python3.11", "tool.txt", "tool.", "exe", "tool.exe.", "tool.bat "}) {
        const std::string there = "D:\\bin\\" + name;
        EXPECT_THAT(windows_search_path(name, R"(D:\bin)"),
                    ElementsAre(there + ".exe", there + ".com", there + ".bat", there + ".cmd"));
    }
}

TEST(WindowsSearchPath, does_not_search_for_a_name_with_a_directory) {
    for (const std::string name : {R"(C:\bin\tool)", R"(.\tool)", "./tool", R"(sub\tool)", "sub/tool", R"(..\tool)",
                                   R"(\tool)", R"(\\server\share\tool)", R"(\\?\C:\bin\tool)", R"(v1.0\tool)"})
        EXPECT_THAT(windows_search_path(name, two),
                    ElementsAre(name + ".exe", name + ".com", name + ".bat", name + ".cmd", name));
    for (const std::string name : {R"(C:\bin\tool.exe)", "./tool.BAT", R"(sub\tool.com)", R"(sub\tool.cmd)"})
        EXPECT_THAT(windows_search_path(name, two), ElementsAre(name));
}

TEST(WindowsSearchPath, tries_a_file_named_by_its_path_before_its_like) {
    for (const std::string name : {R"(C:\bin\tool.v2)", "./setup.tmp", R"(sub\tool.exe.)"})
        EXPECT_THAT(windows_search_path(name, two),
                    ElementsAre(name, name + ".exe", name + ".com", name + ".bat", name + ".cmd"));
}

TEST(WindowsSearchPath, takes_a_directory_as_it_is) {
    for (const std::string name : {R"(C:\)", R"(C:\bin\)", "sub/"})
        EXPECT_THAT(windows_search_path(name, two), ElementsAre(name));
}

TEST(WindowsSearchPath, never_tries_what_depends_on_the_current_directory) {
    for (const char *path : {"",
                             ";",
                             ";;",
                             ".",
                             R"(.\)",
                             "..",
                             "bin",
                             R"(bin\sub)",
                             R"(\bin)",
                             "/bin",
                             "C:",
                             "C:bin",
                             R"( C:\bin)",
                             R"("")",
                             "%SystemRoot%",
                             R"(1:\bin)",
                             R"(:\bin)",
                             R"(\\)",
                             R"(\\.\C:\bin)",
                             R"(\\\bin)"})
        EXPECT_THAT(windows_search_path("tool", path), IsEmpty()) << "with PATH='" << path << "'";
    EXPECT_THAT(windows_search_path("t.exe", R"(;C:\a;;b;.;D:\c;)"), ElementsAre(R"(C:\a\t.exe)", R"(D:\c\t.exe)"));
}

TEST(WindowsSearchPath, takes_every_absolute_form) {
    EXPECT_THAT(windows_search_path("t.exe", R"(c:/bin;z:\;\\server\share;//server/share/;\\?\C:\bin)"),
                ElementsAre(R"(c:/bin\t.exe)", R"(z:\t.exe)", R"(\\server\share\t.exe)", "//server/share/t.exe",
                            R"(\\?\C:\bin\t.exe)"));
}

TEST(WindowsSearchPath, takes_the_quotes_off_an_entry) {
    EXPECT_THAT(windows_search_path("t.exe", R"("C:\a;b";"D:\c";E:\"d;e"\f)"),
                ElementsAre(R"(C:\a;b\t.exe)", R"(D:\c\t.exe)", R"(E:\d;e\f\t.exe)"));
    EXPECT_THAT(windows_search_path("t.exe", R"("C:\a;b)"), ElementsAre(R"(C:\a;b\t.exe)")); // never closed
}

TEST(WindowsSearchPath, refuses_a_name_that_means_a_place_on_a_drive_or_a_stream) {
    for (const char *name : {"C:tool", "C:tool.exe", "C:", "z:sub/tool", R"(C:..\tool)", "tool.exe:hidden", "tool:exe",
                             R"(C:\bin\a.txt:tool.exe)", R"(sub\x.bat::$DATA)", "::$DATA"})
        EXPECT_THAT(windows_search_path(name, two), IsEmpty()) << name;
}

TEST(WindowsSearchPath, refuses_devices) {
    for (const char *name : {"nul",
                             "NUL",
                             "con",
                             "con.exe",
                             "Aux.bat",
                             "prn.tar.gz",
                             "com1",
                             "COM9.com",
                             "lpt1.cmd",
                             "com0",
                             "conin$",
                             "CONOUT$.exe",
                             "nul.",
                             "nul ",
                             "nul .exe",
                             "com\xC2\xB9",
                             "LPT\xC2\xB3.exe",
                             R"(C:\bin\nul)",
                             R"(sub\con.exe)",
                             "./aux"})
        EXPECT_THAT(windows_search_path(name, two), IsEmpty()) << name;
}

TEST(WindowsSearchPath, takes_for_no_device_what_only_starts_like_one) {
    for (const std::string name : {"nula.exe", "console.exe", "com.exe", "com10.exe", "comp.exe", "lpt.exe",
                                   "auxiliary.exe", "xnul.exe", "conin.exe", "com\xC2\xB4.exe"})
        EXPECT_THAT(windows_search_path(name, R"(C:\)"), ElementsAre("C:\\" + name));
    EXPECT_THAT(windows_search_path(R"(con\tool.exe)", two), ElementsAre(R"(con\tool.exe)"));
    EXPECT_THAT(windows_search_path(R"(\\?\C:\bin\con.exe)", two), ElementsAre(R"(\\?\C:\bin\con.exe)"));
}

TEST(WindowsSearchPath, finds_nothing_without_a_name) { EXPECT_THAT(windows_search_path("", two), IsEmpty()); }

TEST(WindowsSearchPath, looks_where_windows_is_by_default) {
    EXPECT_THAT(windows_search_path("cmd.exe", default_windows_path(R"(C:\Windows)")),
                ElementsAre(R"(C:\Windows\System32\cmd.exe)", R"(C:\Windows\cmd.exe)"));
}

} // namespace
