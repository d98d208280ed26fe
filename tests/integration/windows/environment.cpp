/// What is different about a Windows environment.
#include "integration/environment_entries.hpp"
#include "integration/talk.hpp"
#include "support/our_variable.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace {

using namespace integration;
using testing::Contains;
using testing::Not;

TEST(Environment, knows_a_name_in_either_case) {
    const support::OurVariable ours("BACKCHAT_Mixed", "ours");
    EXPECT_THAT(entries_with(Environment().unset("backchat_MIXED")), Not(Contains("BACKCHAT_Mixed=ours")));
    const auto changed = entries_with(Environment().set("backchat_mixed", "new"));
    EXPECT_THAT(changed, Not(Contains("BACKCHAT_Mixed=ours")));
    EXPECT_THAT(changed, Contains(testing::EndsWith("=new")).Times(1));
    EXPECT_THAT(entries_with(Environment::clear().set("Twice", "1").set("TWICE", "2")),
                testing::ElementsAre(testing::EndsWith("=2")));
}

TEST(Environment, keeps_half_of_a_surrogate_pair) {
    const std::string odd = "a\xed\xa0\x80z\xed\xbf\xbf";
    EXPECT_THAT(entries_with(Environment::clear().set("ODD", odd)), testing::ElementsAre("ODD=" + odd));
}

TEST(Environment, that_is_cleared_keeps_the_systems_folder) {
    // Without it, not even the C runtime of most programs starts.
    const auto found =
        support::split(output_of({child("print_environment")}, {.environment = Environment::clear()}), '\0');
    EXPECT_THAT(found, Contains(testing::Truly([](const std::string &entry) {
                    constexpr std::string_view name = "SYSTEMROOT=";
                    return entry.size() > name.size() &&
                           std::equal(name.begin(), name.end(), entry.begin(), [](char wanted, char c) {
                               return wanted == std::toupper(static_cast<unsigned char>(c));
                           });
                })));
}

} // namespace
