#include "integration/unix/descriptors.hpp"

#include "integration/talk.hpp"
#include "support/unix/descriptors.hpp"
#include "support/unix/unique_fd.hpp"

#include <algorithm>
#include <random>

#include <fcntl.h>
#include <sys/resource.h>

namespace {

using namespace integration;
using Pipe = support::DescriptorPipe;
using support::UniqueFd;

/// Pipes of ours at chosen numbers, told apart by their targets.
class NumberedPipes {
public:
    explicit NumberedPipes(const std::vector<int> &numbers, int flags = O_CLOEXEC) {
        for (const int number : numbers) {
            Pipe pipe;
            if (::fcntl(number, F_GETFD) >= 0) throw std::runtime_error(std::to_string(number) + " is in use");
            if (::dup3(pipe.read.get(), number, flags) < 0) {
                throw std::system_error(errno, std::generic_category(), "dup3");
            }
            ends_.emplace_back(number);
            targets_[number] = support::open_descriptors().at(number);
        }
    }
    const std::string &target(int number) const { return targets_.at(number); }

private:
    std::vector<UniqueFd> ends_;
    std::map<int, std::string> targets_;
};

/// Spawns with `mapping` (to -> from) and fails unless the child finds at each number what ours was.
void expect_mapping(const NumberedPipes &ours, const std::map<int, int> &mapping) {
    Options options;
    for (const auto &[to, from] : mapping) options.descriptors.push_back({to, Redirect::handle(from)});
    const auto seen = parse_descriptors(output_of({child("list_descriptors")}, options));
    std::vector<int> numbers = {0, 1, 2};
    for (const auto &[to, from] : mapping) {
        numbers.push_back(to);
        ASSERT_TRUE(seen.contains(to)) << to;
        EXPECT_EQ(seen.at(to).target, ours.target(from)) << to << " from " << from;
        EXPECT_EQ(seen.at(to).close_on_exec, "inherit") << to;
    }
    EXPECT_EQ(numbers_of(seen), numbers);
}

TEST(Descriptors, may_be_files_or_nothing) {
    Popen p({child("list_descriptors")}, {.descriptors = {{3, Redirect::discard()},
                                                          {9, Redirect::read_file("/proc/self/status")},
                                                          {4, Redirect::append_file("/dev/null")}}});
    const auto seen = parse_descriptors(p.communicate(soon()).out);
    EXPECT_THAT(numbers_of(seen), testing::ElementsAre(0, 1, 2, 3, 4, 9));
    EXPECT_EQ(seen.at(3).target, "/dev/null");
    EXPECT_EQ(seen.at(4).target, "/dev/null");
    EXPECT_THAT(seen.at(9).target, testing::EndsWith("/status"));
}

TEST(Descriptors, inherit_means_our_own_of_the_same_number) {
    const NumberedPipes ours({20}, O_CLOEXEC);
    const auto seen =
        parse_descriptors(output_of({child("list_descriptors")}, {.descriptors = {{20, Redirect::inherit()}}}));
    ASSERT_THAT(numbers_of(seen), testing::ElementsAre(0, 1, 2, 20));
    EXPECT_EQ(seen.at(20).target, ours.target(20));
}

TEST(Descriptors, stay_at_their_own_number) {
    expect_mapping(NumberedPipes({20}), {{20, 20}});
    expect_mapping(NumberedPipes({20}, 0), {{20, 20}});
}

TEST(Descriptors, move_in_chains) {
    const NumberedPipes ours({20, 21, 22});
    expect_mapping(ours, {{21, 20}, {22, 21}, {23, 22}});
    expect_mapping(ours, {{19, 20}, {20, 21}, {21, 22}});
}

TEST(Descriptors, move_in_cycles) {
    const NumberedPipes ours({20, 21, 22, 23});
    expect_mapping(ours, {{20, 21}, {21, 20}});
    expect_mapping(ours, {{20, 21}, {21, 22}, {22, 20}});
    expect_mapping(ours, {{20, 21}, {21, 20}, {22, 23}, {23, 22}, {24, 20}});
}

TEST(Descriptors, move_onto_low_numbers_that_we_use_ourselves) {
    // The library's own descriptors of this very spawn sit at the lowest free numbers: 3, 4, 5 and so on.
    const NumberedPipes ours({40, 41, 42});
    std::map<int, int> mapping;
    for (int to = 3; to < 20; ++to) mapping[to] = 40 + to % 3;
    expect_mapping(ours, mapping);
}

TEST(Descriptors, may_be_one_source_at_many_numbers) {
    expect_mapping(NumberedPipes({20}), {{20, 20}, {21, 20}, {22, 20}, {300, 20}});
}

TEST(Descriptors, swap_with_standard_streams) {
    // The child's stdout is what ours has at 20, and its 20 is what ours has at 1; written through, not only listed.
    Pipe out;
    const UniqueFd at_20(::fcntl(out.write.get(), F_DUPFD_CLOEXEC, 20));
    const auto our_stdout = support::open_descriptors().at(1);
    Popen p({child("list_descriptors")},
            {.out = Redirect::handle(at_20.get()), .descriptors = {{at_20.get(), Redirect::handle(1)}}});
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    out.write.reset();
    std::string text(65536, '\0');
    text.resize(static_cast<std::size_t>(::read(out.read.get(), text.data(), text.size())));
    EXPECT_EQ(parse_descriptors(text).at(at_20.get()).target, our_stdout);
}

TEST(Descriptors, move_in_any_permutation) {
    constexpr int count = 6;
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(20 + i);
    const NumberedPipes ours(numbers);
    std::mt19937 random(20090); // the same permutations each time
    for (int round = 0; round < 100; ++round) {
        std::map<int, int> mapping;
        for (int i = 0; i < count; ++i) {
            mapping[18 + static_cast<int>(random() % 10)] = 20 + static_cast<int>(random() % count);
        }
        expect_mapping(ours, mapping);
        if (HasFailure()) break;
    }
}

TEST(Descriptors, report_a_number_beyond_the_limit) {
    const SpawnError error = spawn_error_of({child("echo_back")}, {.descriptors = {{2000000000, Redirect::discard()}}});
    EXPECT_EQ(error.stage(), Stage::descriptors);
}

TEST(Descriptors, inherited_where_ours_is_closed_are_closed) {
    // The lowest free number is the one that the library's next descriptor gets.
    const int lowest = ::dup(0);
    ::close(lowest);
    const auto seen = parse_descriptors(output_of(
        {child("list_descriptors")}, {.descriptors = {{500, Redirect::inherit()}, {lowest, Redirect::inherit()}}}));
    EXPECT_THAT(numbers_of(seen), testing::ElementsAre(0, 1, 2));
}

std::vector<int> powers_of_two_to_the_limit() {
    rlimit limit = {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    std::vector<int> numbers;
    for (rlim_t number = 16; number < limit.rlim_cur && number <= (rlim_t{1} << 20); number *= 2) {
        numbers.push_back(static_cast<int>(number));
    }
    numbers.push_back(static_cast<int>(std::min(limit.rlim_cur - 1, rlim_t{1} << 20)));
    return numbers;
}

TEST(Descriptors, of_ours_at_every_power_of_two_are_not_inherited) {
    const NumberedPipes ours(powers_of_two_to_the_limit(), 0);
    EXPECT_THAT(numbers_of(parse_descriptors(output_of({child("list_descriptors")}))), testing::ElementsAre(0, 1, 2));
}

TEST(Descriptors, between_the_wanted_ones_are_not_inherited) {
    const NumberedPipes ours({30, 31, 32, 33, 40, 41, 1000}, 0);
    expect_mapping(ours, {{31, 30}, {40, 40}, {500, 32}});
}

TEST(Descriptors, of_ours_stay_open_when_asked_for) {
    const NumberedPipes inheritable({20, 1000}, 0);
    const NumberedPipes closed_on_exec({21, 1001}, O_CLOEXEC);
    // What else of ours is inheritable (a terminal's, a test runner's) stays open too.
    std::vector<int> expected = {0, 1, 2};
    for (const auto &[number, target] : support::open_descriptors()) {
        if (number > 2 && (::fcntl(number, F_GETFD) & FD_CLOEXEC) == 0) expected.push_back(number);
    }
    const auto seen = parse_descriptors(output_of({child("list_descriptors")}, {.close_descriptors = false}));
    EXPECT_EQ(numbers_of(seen), expected);
    EXPECT_EQ(seen.at(20).target, inheritable.target(20));
}

TEST(Descriptors, of_ours_stay_open_beside_moved_ones) {
    const NumberedPipes ours({20, 21, 22}, 0);
    const auto seen = parse_descriptors(output_of(
        {child("list_descriptors")}, {.descriptors = {{20, Redirect::handle(21)}}, .close_descriptors = false}));
    EXPECT_EQ(seen.at(20).target, ours.target(21));
    EXPECT_EQ(seen.at(22).target, ours.target(22));
}

TEST(Descriptors, of_the_library_are_all_close_on_exec) {
    const auto before = support::open_descriptors();
    const Popen p({child("echo_back")});
    for (const auto &[number, target] : support::open_descriptors()) {
        if (before.contains(number)) continue;
        EXPECT_NE(::fcntl(number, F_GETFD) & FD_CLOEXEC, 0) << number << " -> " << target;
    }
}

} // namespace
