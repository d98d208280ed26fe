/// How long does a question of 64 bytes and its answer take, beside write, poll and read by hand?
///
/// Both processes share one processor: what is measured is work, not the time to wake another one. `--trips N` makes
/// that many round trips by one way alone (`--only floor`, `--only library`), for strace -c.

#include "by_hand.hpp"
#include "rounds.hpp"

#include <backchat/backchat.hpp>

#include <stdexcept>
#include <string_view>

#include <sched.h>

namespace {

using namespace bench;

const std::vector<std::string> program = {BACKCHAT_BENCH_CHILDREN_DIR "/echo"};
const std::string question(64, '?');
constexpr std::size_t trips = 5000;

/// The child inherits it.
void share_one_processor() {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(::sched_getcpu()), &set);
    by_hand::require(::sched_setaffinity(0, sizeof set, &set) == 0, "sched_setaffinity");
}

void require_answer(std::size_t got) {
    if (got != question.size()) throw std::runtime_error("not the whole answer came: " + std::to_string(got));
}

void trip_by_hand(const by_hand::Child &child) {
    by_hand::require(::write(child.in.get(), question.data(), question.size()) == 64, "write");
    pollfd out{child.out.get(), POLLIN, 0};
    by_hand::require(::poll(&out, 1, -1) == 1, "poll");
    char answer[64];
    require_answer(static_cast<std::size_t>(::read(child.out.get(), answer, sizeof answer)));
}

void trip_by_library(backchat::Popen &child) {
    child.send(question);
    require_answer(child.wait_output(backchat::forever).data.size());
}

/// Runs one way alone, as often as asked for.
int run_only(std::string_view way, std::size_t count) {
    if (way == "floor") {
        by_hand::Child child = by_hand::posix_spawn_with_pipes(program);
        time_of(count, [&] { trip_by_hand(child); });
        child.in.reset();
        by_hand::wait(child);
        return 0;
    }
    if (way != "library") {
        std::fprintf(stderr, "--only takes floor or library\n");
        return 2;
    }
    backchat::Popen child(program);
    time_of(count, [&] { trip_by_library(child); });
    return 0;
}

int compare(int argc, char **argv) {
    share_one_processor();
    for (int i = 1; i + 1 < argc; ++i)
        if (std::string_view(argv[i]) == "--only")
            return run_only(argv[i + 1], number_after("--trips", argc, argv, trips));

    by_hand::Child plain = by_hand::posix_spawn_with_pipes(program);
    backchat::Popen ours(program);
    Rounds rounds(argc, argv, 25);
    rounds.add("write, poll, read", [&] { return time_of(trips, [&] { trip_by_hand(plain); }); });
    rounds.add("send, wait_output", [&] { return time_of(trips, [&] { trip_by_library(ours); }); });
    rounds.run();
    rounds.print("round_trip: 64 bytes there and back, one processor");
    plain.in.reset();
    by_hand::wait(plain);
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    return bench::say_errors([=] { return compare(argc, argv); });
}
