#include "integration/environment_entries.hpp"
#include "integration/talk.hpp"

namespace {

using namespace integration;
using testing::ElementsAre;

TEST(Environment, of_a_cleared_child_is_empty) {
    EXPECT_EQ(output_of({child("print_environment")}, {.environment = Environment::clear()}), "");
}

TEST(Environment, takes_any_bytes_in_a_value) {
    const std::string odd = "a=b\nc \xff\xc3\xa4";
    EXPECT_THAT(entries_with(Environment::clear().set("ODD", odd)), ElementsAre("ODD=" + odd));
    const std::string big(100000, 'x');
    EXPECT_THAT(entries_with(Environment::clear().set("BIG", big)), ElementsAre("BIG=" + big));
}

TEST(Environment, too_large_for_the_system_is_an_exec_error) {
    expect_spawn_error(Stage::exec, std::errc::argument_list_too_long, {child("print_environment")},
                       {.environment = Environment().set("HUGE", std::string(64u << 20, 'x'))});
}

} // namespace
