#include "base/windows_batch.hpp"

#include "base/utf16.hpp"
#include "unit/windows_argv_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using backchat::Stage;
using backchat::base::ArgumentFault;
using backchat::base::is_windows_batch_file;
using backchat::base::max_cmd_line;
using backchat::base::to_utf16;
using backchat::base::to_utf8;
using backchat::base::windows_batch_command_line;
using testing::HasSubstr;
using windows_argv_model::TwoQuotes;
using namespace std::string_literals;

constexpr std::string_view cmd = R"(C:\Windows\System32\cmd.exe)";
constexpr std::string_view script = R"(C:\my tools\build.bat)";
const std::string before = R"("C:\Windows\System32\cmd.exe" /d /s /v:off /c ")"s;

/// Gives what cmd.exe is to run: what stands in the outer quotes behind /c.
std::string command(const std::vector<std::string> &arguments, std::string_view file = script) {
    std::vector<std::string> argv = {"unused"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto line = windows_batch_command_line(cmd, file, argv);
    EXPECT_FALSE(line.fault) << line.fault->detail;
    const std::string text = to_utf8(line.text);
    EXPECT_TRUE(text.starts_with(before)) << text;
    EXPECT_TRUE(text.size() > before.size() && text.ends_with('"')) << text;
    return text.size() > before.size() ? text.substr(before.size(), text.size() - before.size() - 1) : text;
}

ArgumentFault fault(const std::vector<std::string> &arguments, std::string_view file = script,
                    std::string_view shell = cmd) {
    std::vector<std::string> argv = {"unused"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto line = windows_batch_command_line(shell, file, argv);
    EXPECT_EQ(line.text, u"");
    EXPECT_TRUE(line.fault);
    return line.fault.value_or(ArgumentFault{});
}

TEST(WindowsBatchFile, is_known_by_its_ending) {
    for (const char *path : {"x.bat", "x.cmd", "X.BAT", "x.Cmd", "x.y.bAt", ".bat", R"(C:\a b\x.cmd)", "sub/x.bat",
                             "C:x.bat", R"(\\server\share\x.bat)", R"(\\?\C:\x.bat)"})
        EXPECT_TRUE(is_windows_batch_file(path)) << path;
    for (const char *path : {"", "x", "x.exe", "bat", "xbat", "x.batch", "x.cmd.exe", "x.bat2", "x.ba", ".",
                             R"(C:\x.bat\tool.exe)", "x.cmd/tool", "..", R"(C:\)", "x.bat.txt", "x.b\xC3\xA0t"})
        EXPECT_FALSE(is_windows_batch_file(path)) << path;
}

TEST(WindowsBatchFile, is_known_with_what_windows_drops_behind_it) {
    for (const char *path :
         {"x.bat.", "x.bat ", "x.cmd. . .", "x.bat...", "x.BAT  ", R"(C:\a\x.bat .)", "x.bat\"", "x.bat\" ."})
        EXPECT_TRUE(is_windows_batch_file(path)) << path;
    for (const char *path : {"x. bat", "x .ba t", "x.exe.", "x.bat .exe", "x.bat.exe. "})
        EXPECT_FALSE(is_windows_batch_file(path)) << path;
}

TEST(WindowsBatchFile, is_known_with_a_stream) {
    for (const char *path : {"x.bat:", "x.bat::$DATA", "x.bat::$data.", "x.bat. ::$DATA", "x.bat:y", "x.bat:y.exe",
                             "x.txt:y.bat", "x.txt:y.cmd:$DATA", "C:x.bat:y", R"(C:\x.bat::$DATA)"})
        EXPECT_TRUE(is_windows_batch_file(path)) << path;
    for (const char *path : {"x.exe::$DATA", "x:bat", "x.exe:y", "C:x", ":"})
        EXPECT_FALSE(is_windows_batch_file(path)) << path;
}

TEST(WindowsBatchFile, is_known_by_every_way_that_leads_back_to_it) {
    for (const char *path : {R"(x.bat\)", "x.bat/", R"(x.bat\.)", R"(x.bat\.\.)", R"(x.bat\y\..)", "x.bat/y/z/../..",
                             R"(C:\x.bat\y\.. \.)", R"(x.bat\\)", R"(x.bat \...)", R"(y.exe\..\x.bat)", R"(..\x.bat)"})
        EXPECT_TRUE(is_windows_batch_file(path)) << path;
    for (const char *path : {R"(x.bat\..)", R"(x.bat\..\y.exe)", R"(x.bat\y\..\..)", R"(y.exe\z.bat\..)", R"(..\..)"})
        EXPECT_FALSE(is_windows_batch_file(path)) << path;
}

TEST(WindowsBatch, is_run_by_cmd) {
    EXPECT_EQ(to_utf8(windows_batch_command_line(cmd, script, {"x", "a"}).text),
              R"("C:\Windows\System32\cmd.exe" /d /s /v:off /c ""C:\my tools\build.bat" a")");
    EXPECT_EQ(command({}), R"("C:\my tools\build.bat")");
}

TEST(WindowsBatch, has_plain_words_as_they_are) {
    // Scripts ask for them as `if "%1"=="install"`, which fails with quotes.
    EXPECT_EQ(command({"install", "x64", "--all-1", R"(C:\a\b\)", "/nologo", "a_b:c@d+e#f$.g"}),
              R"("C:\my tools\build.bat" install x64 --all-1 C:\a\b\ /nologo a_b:c@d+e#f$.g)");
}

TEST(WindowsBatch, has_everything_else_in_quotes) {
    for (const std::string argument : {"",
                                       " ",
                                       "a b",
                                       "a\tb",
                                       "a&b",
                                       "a|b",
                                       "a<b",
                                       "a>b",
                                       "a^b",
                                       "(a)",
                                       "a,b",
                                       "a;b",
                                       "a=b",
                                       "a!b!",
                                       "*",
                                       "a?",
                                       "~",
                                       "'",
                                       "`",
                                       "[a]",
                                       "{a}",
                                       "\x7F",
                                       "\xC2\xA0",
                                       "gr\xC3\xBC\xC3\x9F",
                                       "\xEF\xBC\x82",
                                       "\xED\xA0\x80",
                                       "\xF0\x9F\x90\x9F"})
        EXPECT_EQ(command({argument}), R"("C:\my tools\build.bat" ")" + argument + '"');
}

TEST(WindowsBatch, doubles_backslashes_for_programs_that_the_script_runs) {
    EXPECT_EQ(command({R"(C:\a b\)"}), R"("C:\my tools\build.bat" "C:\a b\\")");
    EXPECT_EQ(command({R"(\\server\a b)"}), R"("C:\my tools\build.bat" "\\server\a b")");
    EXPECT_EQ(command({R"( \\)", R"(\)", "z"}), R"("C:\my tools\build.bat" " \\\\" \ z)");
}

TEST(WindowsBatch, refuses_what_cmd_would_read_in_spite_of_quotes) {
    struct Bad {
        std::string argument;
        std::string why;
    };
    for (const auto &[argument, why] : std::vector<Bad>{
             {"\"", "a quote"},
             {"\"&calc.exe", "a quote"},
             {R"(a\"b)", "a quote"},
             {"%PATH%", "'%'"},
             {"100%", "'%'"}, // with the next argument's, a pair
             {"%%cd:~,%", "'%'"},
             {"a\nb", "a line feed"},
             {"a\r", "a carriage return"},
             {"\x1A", "a control character"},
             {"\x1B[2J", "a control character"},
             {"a\bb", "a control character"},
             {"a\vb", "a control character"},
             {"\x01", "a control character"},
             {"\x1F", "a control character"},
             {"a\0b"s, "a control character"},
         }) {
        const ArgumentFault found = fault({"fine", argument, "fine"});
        EXPECT_EQ(found.stage, Stage::arguments);
        EXPECT_EQ(found.error, std::errc::invalid_argument);
        EXPECT_EQ(found.index, 2U);
        EXPECT_THAT(found.detail, HasSubstr("argument 2 has")) << testing::PrintToString(argument);
        EXPECT_THAT(found.detail, HasSubstr(why)) << testing::PrintToString(argument);
    }
}

TEST(WindowsBatch, refuses_what_is_no_utf8) {
    const ArgumentFault found = fault({"caf\xE9"});
    EXPECT_EQ(found.error, std::errc::illegal_byte_sequence);
    EXPECT_EQ(found.index, 1U);
    EXPECT_THAT(found.detail, HasSubstr("argument 1 is no UTF-8 from byte 3 on"));
    EXPECT_EQ(fault({}, "C:\\caf\xE9.bat").error, std::errc::illegal_byte_sequence);
    EXPECT_EQ(fault({}, script, "C:\\caf\xE9\\cmd.exe").error, std::errc::illegal_byte_sequence);
}

TEST(WindowsBatch, is_named_so_that_cmd_finds_it) {
    EXPECT_EQ(command({}, "C:/my tools/build.bat"), R"("C:\my tools\build.bat")");
    EXPECT_EQ(command({}, "./x.cmd"), R"(".\x.cmd")");
    EXPECT_EQ(command({}, R"(\\server\share\x.BAT)"), R"("\\server\share\x.BAT")");
    EXPECT_EQ(command({}, R"(C:\a&b (1)^!\x.bat)"), R"("C:\a&b (1)^!\x.bat")");
    EXPECT_EQ(command({}, R"(C:\x.bat. .)"), R"("C:\x.bat")");
    EXPECT_EQ(command({}, "C:\\gr\xC3\xBC\xC3\x9F.bat"), "\"C:\\gr\xC3\xBC\xC3\x9F.bat\"");
}

TEST(WindowsBatch, is_refused_under_a_name_that_cmd_would_read_otherwise) {
    for (const char *file :
         {"x.bat", "C:x.bat", R"(C:\x.bat::$DATA)", R"(C:\x.txt:y.bat)", R"(C:\x.bat\.)", R"(C:\x.bat\)",
          R"(C:\x.bat\y\..)", R"(C:\x.exe)", "", R"(\\?\C:\x.bat)", R"(\\.\C:\x.bat)", "C:\\x.bat\"", R"(C:\%x%\x.bat)",
          R"(C:\50%.bat)", "C:\\a\"b\\x.bat", "C:\\a\nb\\x.bat"}) {
        const ArgumentFault found = fault({"a"}, file);
        EXPECT_EQ(found.stage, Stage::arguments) << file;
        EXPECT_EQ(found.error, std::errc::invalid_argument) << file;
        EXPECT_EQ(found.index, 0U) << file;
        EXPECT_THAT(found.detail, HasSubstr("the batch file's name")) << file;
    }
    EXPECT_THAT(fault({}, script, "C:\\\"\\cmd.exe").detail, HasSubstr("the name of cmd.exe has a quote"));
}

TEST(WindowsBatch, is_refused_when_cmd_would_cut_it_off) {
    const std::size_t room = max_cmd_line - 1 - before.size() - (script.size() + 2) - 1 - 1; // blank, last quote
    EXPECT_EQ(windows_batch_command_line(cmd, script, {"x", std::string(room, 'a')}).text.size(), max_cmd_line - 1);
    const ArgumentFault found = fault({std::string(room + 1, 'a'), "b"});
    EXPECT_EQ(found.stage, Stage::exec);
    EXPECT_EQ(found.error, std::errc::argument_list_too_long);
    EXPECT_EQ(found.index, 1U);
    EXPECT_THAT(found.detail, HasSubstr("8190"));
    EXPECT_EQ(fault({std::string(room, 'a'), "b"}).index, 2U);
    EXPECT_EQ(fault({}, "C:\\" + std::string(max_cmd_line, 'a') + ".bat").index, 0U);
}

/// What cmd.exe makes of the text behind /c, as far as it must be the same as what was meant: the arguments of one
/// command with their quotes. Empty: it would do more than run one command.
std::optional<std::vector<std::u16string>> read_by_cmd(std::u16string_view text) {
    // With /s, the first and the last quote are taken off.
    if (text.size() < 2 || text.front() != u'"' || text.back() != u'"') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    if (text.find_first_of(u"%\n\r\x1A") != std::u16string_view::npos) return std::nullopt; // read in quotes, too

    std::vector<std::u16string> words(1);
    bool quoted = false;
    for (const char16_t unit : text) {
        if (unit == u'"') quoted = !quoted;
        if (!quoted && std::u16string_view(u"&|<>()^").find(unit) != std::u16string_view::npos) return std::nullopt;
        if (!quoted && std::u16string_view(u" \t,;=\v\f\u00A0\u00FF").find(unit) != std::u16string_view::npos) {
            if (!words.back().empty()) words.emplace_back();
        } else {
            words.back() += unit;
        }
    }
    if (quoted) return std::nullopt;
    if (words.back().empty()) words.pop_back();
    return words;
}

std::u16string without_quotes(std::u16string_view word) {
    if (word.size() < 2 || word.front() != u'"' || word.back() != u'"') return std::u16string(word);
    return std::u16string(word.substr(1, word.size() - 2));
}

void expect_is_read_by_cmd_and_what_it_runs(const std::vector<std::string> &argv) {
    const auto line = windows_batch_command_line(cmd, script, argv);
    ASSERT_FALSE(line.fault) << line.fault->detail;
    const std::string text = to_utf8(line.text);
    const auto words = read_by_cmd(std::u16string_view(line.text).substr(before.size() - 1));
    ASSERT_TRUE(words) << text;
    ASSERT_EQ(words->size(), argv.size()) << text;
    ASSERT_EQ(without_quotes(words->front()), to_utf16(script)) << text;

    std::u16string of_a_program = u"tool";
    std::vector<std::u16string> given = {u"tool"};
    for (std::size_t i = 1; i < argv.size(); ++i) {
        given.push_back(to_utf16(argv[i]).value());
        of_a_program += u' ' + (*words)[i];
        // The script itself sees nothing but more backslashes at the end.
        const std::u16string seen = without_quotes((*words)[i]);
        ASSERT_TRUE(seen.starts_with(given[i])) << text;
        ASSERT_EQ(seen.find_first_not_of(u'\\', given[i].size()), std::u16string::npos) << text;
    }
    ASSERT_EQ(windows_argv_model::c_runtime(of_a_program, TwoQuotes::go_on), given) << text;
    ASSERT_EQ(windows_argv_model::c_runtime(of_a_program, TwoQuotes::end), given) << text;
    ASSERT_EQ(windows_argv_model::shell32(of_a_program), given) << text;
}

TEST(WindowsBatch, is_read_as_one_command_whatever_the_arguments_are) {
    const std::vector<std::string> matters = {"&",
                                              "|",
                                              "<",
                                              ">",
                                              "^",
                                              "(",
                                              ")",
                                              "!",
                                              ",",
                                              ";",
                                              "=",
                                              " ",
                                              " ",
                                              "\t",
                                              "\\",
                                              "\\",
                                              "a",
                                              "b",
                                              "/",
                                              "-",
                                              "*",
                                              "'",
                                              "~",
                                              "@",
                                              "\xC2\xA0",
                                              "\xC3\xBF",
                                              "\xEF\xBC\x82",
                                              "\xED\xB0\x80",
                                              "\x7F"};
    windows_argv_model::Arguments arguments(20'240'409);
    for (int round = 0; round < 50'000; ++round) {
        std::vector<std::string> argv = {"unused"};
        for (std::size_t left = arguments.below(6); left > 0; --left) argv.push_back(arguments.next(matters, 8));
        ASSERT_NO_FATAL_FAILURE(expect_is_read_by_cmd_and_what_it_runs(argv)) << "in round " << round;
    }
}

TEST(WindowsBatch, is_read_as_one_command_or_refused_for_every_character) {
    for (int c = 1; c < 0x80; ++c) {
        for (const std::string &argument :
             {std::string(1, static_cast<char>(c)), "a" + std::string(2, static_cast<char>(c)),
              std::string("\\") + static_cast<char>(c) + "&b"}) {
            const bool never = c == '"' || c == '%' || (c < ' ' && c != '\t');
            if (never) EXPECT_EQ(fault({argument}).index, 1U) << c;
            else ASSERT_NO_FATAL_FAILURE(expect_is_read_by_cmd_and_what_it_runs({"x", argument})) << c;
        }
    }
}

} // namespace
