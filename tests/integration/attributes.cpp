/// What a child is given beside its streams.
#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(Affinity, is_that_of_the_processors_named) {
    BACKCHAT_NEEDS(cpu_affinity);
    const auto ours = support::split(output_of({child("print_affinity")}), ' ');
    for (const auto &cpu : ours) {
        EXPECT_EQ(output_of({child("print_affinity")}, {.cpu_affinity = {static_cast<unsigned>(std::stoul(cpu))}}),
                  cpu);
    }
    EXPECT_EQ(support::split(output_of({child("print_affinity")}), ' '), ours);
}

TEST(Affinity, to_processors_that_are_not_there_is_reported) {
    BACKCHAT_NEEDS(cpu_affinity);
    for (const unsigned cpu : {1000u, 1023u, 1024u, 5000u, 4000000000u}) {
        const SpawnError error = spawn_error_of({child("print_affinity")}, {.cpu_affinity = {cpu}});
        EXPECT_EQ(error.code(), std::errc::invalid_argument) << cpu;
        EXPECT_THAT(error.stage(), testing::AnyOf(Stage::options, Stage::cpu_affinity)) << cpu;
    }
}

TEST(PipeCapacity, that_cannot_be_had_is_no_error) {
    for (const std::size_t wish : {std::size_t{0}, std::size_t{1} << 31, ~std::size_t{0} / 2, ~std::size_t{0}}) {
        const auto said = support::named_values(output_of({child("print_pipe_capacity")}, {.pipe_capacity = wish}));
        EXPECT_GE(std::stol(said.at("out")), 4096) << wish;
    }
}

} // namespace
