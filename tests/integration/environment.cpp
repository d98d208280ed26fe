#include "integration/environment_entries.hpp"
#include "integration/talk.hpp"
#include "support/our_variable.hpp"

namespace {

using namespace integration;
using support::OurVariable;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(Environment, is_ours_at_the_moment_of_the_spawn) {
    const Options options;
    const OurVariable set("BACKCHAT_OURS", "late");
    EXPECT_THAT(support::split(output_of({child("print_environment")}, options), '\0'), Contains("BACKCHAT_OURS=late"));
}

TEST(Environment, is_extended) {
    const OurVariable ours("BACKCHAT_OURS", "1");
    const auto seen = entries_with(Environment::extend({{"BACKCHAT_MORE", "2"}}));
    EXPECT_THAT(seen, Contains("BACKCHAT_OURS=1"));
    EXPECT_THAT(seen, Contains("BACKCHAT_MORE=2"));
}

TEST(Environment, changes_and_drops_what_is_ours) {
    const OurVariable changed("BACKCHAT_CHANGED", "ours");
    const OurVariable dropped("BACKCHAT_DROPPED", "ours");
    const auto seen = entries_with(Environment().set("BACKCHAT_CHANGED", "new").unset("BACKCHAT_DROPPED"));
    EXPECT_THAT(seen, Contains("BACKCHAT_CHANGED=new").Times(1));
    EXPECT_THAT(seen, Not(Contains("BACKCHAT_CHANGED=ours")));
    EXPECT_THAT(seen, Not(Contains(testing::StartsWith("BACKCHAT_DROPPED"))));
    EXPECT_THAT(entries_with({}), Contains("BACKCHAT_CHANGED=ours"));
}

TEST(Environment, is_replaced_or_empty) {
    EXPECT_THAT(entries_with(Environment::replace({{"ONE", "1"}, {"TWO", "2"}})),
                UnorderedElementsAre("ONE=1", "TWO=2"));
    EXPECT_THAT(entries_with(Environment::clear()), ElementsAre());
    EXPECT_THAT(entries_with(Environment::clear().set("ONE", "1")), ElementsAre("ONE=1"));
}

TEST(Environment, keeps_the_last_of_duplicates) {
    EXPECT_THAT(entries_with(Environment::replace({{"A", "1"}, {"B", "2"}, {"A", "3"}})),
                UnorderedElementsAre("A=3", "B=2"));
    EXPECT_THAT(entries_with(Environment::clear().set("A", "1").unset("A").set("B", "").set("A", "2")),
                UnorderedElementsAre("A=2", "B="));
    EXPECT_THAT(entries_with(Environment::clear().set("A", "1").unset("A")), ElementsAre());
}

TEST(Environment, takes_any_text_in_a_value) {
    const std::string odd = "a=b\nc \xc3\xa4 \xf0\x9f\x98\x80 ";
    EXPECT_THAT(entries_with(Environment::clear().set("ODD", odd)), ElementsAre("ODD=" + odd));
    const std::string big(30000, 'x');
    EXPECT_THAT(entries_with(Environment::clear().set("BIG", big)), ElementsAre("BIG=" + big));
}

TEST(Environment, refuses_impossible_names_and_values) {
    using namespace std::string_literals;
    const auto refused = [](const Environment &environment) {
        expect_spawn_error(Stage::environment, std::errc::invalid_argument, {child("print_environment")},
                           {.environment = environment});
    };
    refused(Environment().set("", "value"));
    refused(Environment().set("A=B", "value"));
    refused(Environment().set("=", "value"));
    refused(Environment().set("A\0B"s, "value"));
    refused(Environment().set("A", "a\0b"s));
    refused(Environment().unset(""));
    refused(Environment().unset("A=B"));
    refused(Environment::replace({{"A=B", ""}}));
    // Also when a later change takes it back: what was asked for is wrong all the same.
    refused(Environment::clear().set("A=B", "value").unset("A=B"));
}

} // namespace
