#include "base/upper_case.hpp"

#include <gtest/gtest.h>

#include <string>

#ifdef _WIN32
#include <windows.h>
#endif

namespace {

using backchat::base::upper_case;

TEST(UpperCase, is_found_in_every_script_that_has_it) {
    EXPECT_EQ(upper_case(u"Path_1(x86)"), u"PATH_1(X86)");
    EXPECT_EQ(upper_case(u"abcxyz`{@["), u"ABCXYZ`{@[");
    EXPECT_EQ(upper_case(u"\u00E0\u00F6\u00F8\u00FE\u00FF"), u"\u00C0\u00D6\u00D8\u00DE\u0178"); // Latin
    EXPECT_EQ(upper_case(u"\u0101\u010D\u0142\u0159\u017E"), u"\u0100\u010C\u0141\u0158\u017D");
    EXPECT_EQ(upper_case(u"\u03AC\u03B1\u03C9\u03CE"), u"\u0386\u0391\u03A9\u038F"); // Greek
    EXPECT_EQ(upper_case(u"\u0430\u044F\u0451\u0491"), u"\u0410\u042F\u0401\u0490"); // Cyrillic
    EXPECT_EQ(upper_case(u"\u0561\u0586"), u"\u0531\u0556");                         // Armenian
    EXPECT_EQ(upper_case(u"\u1EA1\u1EF9"), u"\u1EA0\u1EF8");                         // Vietnamese
    EXPECT_EQ(upper_case(u"\uFF41\uFF5A"), u"\uFF21\uFF3A");                         // full width
}

TEST(UpperCase, stays_the_letter_that_it_is) {
    // Sharp s, dotless i, long s, micro, final sigma; signs between the ranges; letters without case.
    const std::u16string same =
        u"\u00DF\u0131\u017F\u00B5\u03C2\u00D7\u00F7\u0130\u0138\u0149\u05D0\u4E2D\uAC00\xD800\uFFFF";
    EXPECT_EQ(upper_case(same), same);
}

TEST(UpperCase, has_no_upper_case_of_its_own) {
    int letters = 0;
    for (unsigned unit = 0; unit <= 0xFFFF; ++unit) {
        const char16_t upper = upper_case(static_cast<char16_t>(unit));
        ASSERT_EQ(upper_case(upper), upper) << unit;
        if (upper != unit) ++letters;
    }
    EXPECT_EQ(letters, 702);
}

#ifdef _WIN32
TEST(UpperCase, is_the_same_to_windows) {
    for (unsigned unit = 1; unit <= 0xFFFF; ++unit) {
        const auto lower = static_cast<WCHAR>(unit);
        const auto upper = static_cast<WCHAR>(upper_case(static_cast<char16_t>(unit)));
        ASSERT_EQ(::CompareStringOrdinal(&lower, 1, &upper, 1, TRUE), CSTR_EQUAL) << unit;
    }
}
#endif

} // namespace
