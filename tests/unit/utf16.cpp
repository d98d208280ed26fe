#include "base/utf16.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using backchat::base::to_utf16;
using backchat::base::to_utf8;
using backchat::base::utf8_fault;
using testing::Optional;
using namespace std::string_literals;

struct Pair {
    std::string utf8;
    std::u16string utf16;
};

// The first and the last character of each length, and one that anybody can read.
const std::vector<Pair> pairs = {
    {"", u""},
    {"bc -q"s, u"bc -q"s},
    {"a\0b"s, u"a\0b"s},
    {"\x7F", u"\x7F"},
    {"\xC2\x80", u"\x80"},
    {"gr\xC3\xB6\xC3\x9F"
     "e",
     u"gr\u00F6\u00DFe"},
    {"\xDF\xBF", u"\u07FF"},
    {"\xE0\xA0\x80", u"\u0800"},
    {"\xED\x9F\xBF", u"\uD7FF"},
    {"\xEE\x80\x80", u"\uE000"},
    {"\xEF\xBF\xBF", u"\uFFFF"},
    {"\xF0\x90\x80\x80", u"\U00010000"},
    {"\xF0\x9F\x90\x9F.txt", u"\U0001F41F.txt"},
    {"\xF4\x8F\xBF\xBF", u"\U0010FFFF"},
};

const std::vector<Pair> lone_surrogates = {
    {"\xED\xA0\x80", {0xD800}},
    {"\xED\xAF\xBF", {0xDBFF}},
    {"\xED\xB0\x80", {0xDC00}},
    {"\xED\xBF\xBF", {0xDFFF}},
    {"a\xED\xA0\x80z", {u'a', 0xD800, u'z'}},
    {"\xED\xB0\x80\xED\xA0\x80", {0xDC00, 0xD800}},                     // the wrong way round: no pair
    {"\xED\xA0\x80\xED\xA0\x81", {0xD800, 0xD801}},                     // both the first half
    {"\xED\xA0\xBD\xF0\x9F\x90\x9F", {0xD83D, 0xD83D, 0xDC1F}},         // one too many before a pair
    {"\xF0\x9F\x90\x9F\xED\xB0\x9F", {0xD83D, 0xDC1F, 0xDC1F}},         // and after
    {"\xED\xA0\x80\xEE\x80\x80\xED\xB0\x80", {0xD800, 0xE000, 0xDC00}}, // not next to each other
};

TEST(Utf16, is_made_of_utf8_and_back) {
    for (const Pair &pair : pairs) {
        EXPECT_THAT(to_utf16(pair.utf8), Optional(pair.utf16));
        EXPECT_EQ(to_utf8(pair.utf16), pair.utf8);
        EXPECT_EQ(utf8_fault(pair.utf8), std::nullopt);
    }
}

TEST(Utf16, keeps_surrogates_that_have_no_partner) {
    for (const Pair &pair : lone_surrogates) {
        EXPECT_THAT(to_utf16(pair.utf8), Optional(pair.utf16));
        EXPECT_EQ(to_utf8(pair.utf16), pair.utf8);
    }
}

TEST(Utf16, is_not_made_of_what_is_no_utf8) {
    struct Bad {
        std::string text;
        std::size_t offset;
    };
    for (const auto &[text, offset] : std::vector<Bad>{
             {"\x80", 0}, // a byte that continues nothing
             {"ab\xBF", 2},
             {"caf\xE9", 3}, // Latin-1
             {"caf\xE9!!", 3},
             {"\xFF\xFEx", 0}, // a byte order mark of UTF-16
             {"\xC3", 0},      // cut short
             {"x\xE2\x82", 1},
             {"\xF0\x9F\x90", 0},
             {"\xC0\xAF", 0}, // '/' in a longer form
             {"\xC1\xBF", 0},
             {"\xE0\x9F\xBF", 0},
             {"\xF0\x8F\xBF\xBF", 0},
             {"\xF4\x90\x80\x80", 0}, // above U+10FFFF
             {"\xF5\x80\x80\x80", 0},
             {"\xF8\x88\x80\x80\x80", 0},
             {"ok\xED\xA0\xBD\xED\xB0\x9F", 5}, // a pair, half by half: it has a shorter form
         }) {
        EXPECT_EQ(to_utf16(text), std::nullopt) << testing::PrintToString(text);
        EXPECT_THAT(utf8_fault(text), Optional(offset)) << testing::PrintToString(text);
    }
}

TEST(Utf16, does_not_read_on_behind_the_text) {
    const std::string_view whole = "\xF0\x9F\x90\x9F";
    for (std::size_t length = 1; length < whole.size(); ++length) {
        EXPECT_EQ(to_utf16(whole.substr(0, length)), std::nullopt) << length;
        EXPECT_THAT(utf8_fault(whole.substr(0, length)), Optional(0U)) << length;
    }
}

TEST(Utf16, has_every_single_unit) {
    for (unsigned unit = 0; unit <= 0xFFFF; ++unit) {
        const std::u16string text(1, static_cast<char16_t>(unit));
        ASSERT_THAT(to_utf16(to_utf8(text)), Optional(text)) << unit;
    }
}

TEST(Utf16, survives_the_way_to_utf8_and_back_whatever_it_is) {
    std::mt19937 random(3);
    for (int round = 0; round < 20'000; ++round) {
        std::u16string text(random() % 8, u' ');
        // Half of the units are surrogates.
        for (char16_t &unit : text)
            unit = static_cast<char16_t>(random() % 2 == 0 ? 0xD800 + random() % 0x800 : random() % 0x10000);
        ASSERT_THAT(to_utf16(to_utf8(text)), Optional(text));
    }
}

TEST(Utf16, is_taken_only_from_the_one_form_that_it_has) {
    // Bytes that matter, in any order: what is taken comes back as it was.
    constexpr std::string_view bytes = "a\x80\x90\xA0\xB0\xBF\xC3\xE0\xED\xEF\xF0\xF4";
    std::mt19937 random(5);
    int taken = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string text(random() % 7, ' ');
        for (char &byte : text) byte = bytes[random() % bytes.size()];
        const auto units = to_utf16(text);
        ASSERT_EQ(units.has_value(), !utf8_fault(text)) << testing::PrintToString(text);
        if (!units) continue;
        ++taken;
        ASSERT_EQ(to_utf8(*units), text) << testing::PrintToString(text);
    }
    EXPECT_GT(taken, 10'000);
}

} // namespace
