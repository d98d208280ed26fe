#include "unit/windows_argv_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace windows_argv_model {
namespace {

bool is_blank(char16_t unit) { return unit == u' ' || unit == u'\t'; }

/// Takes the characters of `line` from the front.
class Reader {
public:
    explicit Reader(std::u16string_view line) : rest_(line) {}

    bool at_end() const { return rest_.empty(); }
    bool at(char16_t unit) const { return !at_end() && rest_.front() == unit; }
    bool at_blank() const { return !at_end() && is_blank(rest_.front()); }
    char16_t take() {
        const char16_t unit = rest_.front();
        rest_.remove_prefix(1);
        return unit;
    }
    std::size_t take_all(char16_t unit) {
        std::size_t n = 0;
        for (; at(unit); ++n) take();
        return n;
    }
    void skip_blanks() {
        while (at_blank()) take();
    }

private:
    std::u16string_view rest_;
};

std::u16string program_of_c_runtime(Reader &reader) {
    std::u16string program;
    bool quoted = false;
    while (!reader.at_end() && (quoted || !reader.at_blank())) {
        const char16_t unit = reader.take();
        if (unit == u'"') quoted = !quoted;
        else program += unit;
    }
    return program;
}

std::u16string argument_of_c_runtime(Reader &reader, TwoQuotes rule) {
    std::u16string argument;
    bool quoted = false;
    while (!reader.at_end() && (quoted || !reader.at_blank())) {
        const std::size_t backslashes = reader.take_all(u'\\');
        if (!reader.at(u'"')) {
            argument.append(backslashes, u'\\');
            if (backslashes == 0) argument += reader.take();
            continue;
        }
        argument.append(backslashes / 2, u'\\');
        reader.take();
        if (backslashes % 2 == 1) {
            argument += u'"';
        } else if (quoted && reader.at(u'"')) {
            argument += reader.take();
            quoted = rule == TwoQuotes::go_on;
        } else {
            quoted = !quoted;
        }
    }
    return argument;
}

std::u16string program_of_shell32(Reader &reader) {
    std::u16string program;
    if (reader.at(u'"')) {
        reader.take();
        while (!reader.at_end() && !reader.at(u'"')) program += reader.take();
        if (!reader.at_end()) reader.take();
    } else {
        while (!reader.at_end() && !reader.at_blank()) program += reader.take();
    }
    return program;
}

std::u16string argument_of_shell32(Reader &reader) {
    std::u16string argument;
    std::size_t quotes = 0; // open ones: 1 in a quoted stretch, else 0
    while (!reader.at_end() && (quotes == 1 || !reader.at_blank())) {
        const std::size_t backslashes = reader.take_all(u'\\');
        if (!reader.at(u'"')) {
            argument.append(backslashes, u'\\');
            if (backslashes == 0) argument += reader.take();
            continue;
        }
        argument.append(backslashes / 2, u'\\');
        if (backslashes % 2 == 1) argument += reader.take();
        quotes += reader.take_all(u'"');
        argument.append(quotes / 3, u'"');
        quotes = quotes % 3 % 2;
    }
    return argument;
}

template <class Program, class Argument>
std::vector<std::u16string> split(std::u16string_view line, Program program, Argument argument) {
    Reader reader(line);
    std::vector<std::u16string> argv = {program(reader)};
    for (reader.skip_blanks(); !reader.at_end(); reader.skip_blanks()) argv.push_back(argument(reader));
    return argv;
}

} // namespace

std::vector<std::u16string> c_runtime(std::u16string_view line, TwoQuotes rule) {
    return split(line, program_of_c_runtime, [&](Reader &reader) { return argument_of_c_runtime(reader, rule); });
}

std::vector<std::u16string> shell32(std::u16string_view line) {
    return split(line, program_of_shell32, argument_of_shell32);
}

std::string Arguments::next(const std::vector<std::string> &alphabet, std::size_t longest) {
    std::string argument;
    for (std::size_t left = below(longest + 1); left > 0; --left) argument += alphabet[below(alphabet.size())];
    return argument;
}

} // namespace windows_argv_model

namespace {

using namespace windows_argv_model;
using testing::ElementsAre;

// The examples of Microsoft's documentation of the C runtime, as far as they go; the rest from what is said there.
TEST(WindowsArgvModel, splits_as_documented) {
    for (const TwoQuotes rule : {TwoQuotes::go_on, TwoQuotes::end}) {
        EXPECT_THAT(c_runtime(uR"(x "a b c" d e)", rule), ElementsAre(u"x", u"a b c", u"d", u"e"));
        EXPECT_THAT(c_runtime(uR"(x "ab\"c" "\\" d)", rule), ElementsAre(u"x", uR"(ab"c)", u"\\", u"d"));
        EXPECT_THAT(c_runtime(uR"(x a\\\b d"e f"g h)", rule), ElementsAre(u"x", uR"(a\\\b)", u"de fg", u"h"));
        EXPECT_THAT(c_runtime(uR"(x a\\\"b c d)", rule), ElementsAre(u"x", uR"(a\"b)", u"c", u"d"));
        EXPECT_THAT(c_runtime(uR"(x a\\\\"b c" d e)", rule), ElementsAre(u"x", uR"(a\\b c)", u"d", u"e"));
        EXPECT_THAT(c_runtime(u"\"a b\\\" c\t\"\"  \"", rule), ElementsAre(u"a b\\", u"c", u"", u""));
        EXPECT_THAT(c_runtime(uR"("a b"c" d"e f)", rule), ElementsAre(u"a bc de", u"f"));
    }
    EXPECT_THAT(shell32(uR"(x "a b c" d e)"), ElementsAre(u"x", u"a b c", u"d", u"e"));
    EXPECT_THAT(shell32(uR"(x "ab\"c" "\\" d)"), ElementsAre(u"x", uR"(ab"c)", u"\\", u"d"));
    EXPECT_THAT(shell32(uR"(x a\\\b d"e f"g h)"), ElementsAre(u"x", uR"(a\\\b)", u"de fg", u"h"));
    EXPECT_THAT(shell32(uR"(x a\\\"b c d)"), ElementsAre(u"x", uR"(a\"b)", u"c", u"d"));
    EXPECT_THAT(shell32(uR"(x a\\\\"b c" d e)"), ElementsAre(u"x", uR"(a\\b c)", u"d", u"e"));
}

TEST(WindowsArgvModel, knows_where_they_differ) {
    EXPECT_THAT(c_runtime(uR"(x a"b"" c d)", TwoQuotes::go_on), ElementsAre(u"x", uR"(ab" c d)"));
    EXPECT_THAT(c_runtime(uR"(x a"b"" c d)", TwoQuotes::end), ElementsAre(u"x", uR"(ab")", u"c", u"d"));
    EXPECT_THAT(shell32(uR"(x a"b"" c d)"), ElementsAre(u"x", uR"(ab")", u"c", u"d"));
    // Three in a row outside of quotes: the first opens, the other two are one.
    EXPECT_THAT(c_runtime(uR"(x """a b" c)", TwoQuotes::go_on), ElementsAre(u"x", uR"("a b)", u"c"));
    EXPECT_THAT(c_runtime(uR"(x """a b" c)", TwoQuotes::end), ElementsAre(u"x", uR"("a)", u"b c"));
    EXPECT_THAT(shell32(uR"(x """a b" c)"), ElementsAre(u"x", uR"("a)", u"b c"));
    EXPECT_THAT(c_runtime(uR"("a"b c)", TwoQuotes::go_on), ElementsAre(u"ab", u"c"));
    EXPECT_THAT(shell32(uR"("a"b c)"), ElementsAre(u"a", u"b", u"c"));
}

} // namespace
