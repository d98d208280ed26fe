/// What does it cost to spawn a program and wait for it, beside the least that one can write by hand?

#include "by_hand.hpp"
#include "rounds.hpp"

#include <backchat/backchat.hpp>

#include <sys/resource.h>

namespace {

using namespace bench;
using backchat::Redirect;

const std::vector<std::string> program = {BACKCHAT_BENCH_CHILDREN_DIR "/nothing"};
constexpr std::size_t repeats = 50;

backchat::Options without_pipes() {
    return {.in = Redirect::inherit(), .out = Redirect::inherit(), .err = Redirect::inherit()};
}

void spawn_and_wait(const backchat::Options &options) {
    backchat::Popen child(program, options);
    child.wait(backchat::forever);
}

void compare_where(int argc, char **argv, const std::string &where) {
    Rounds plain(argc, argv, 25);
    plain.add("posix_spawn, waitid",
              [] { return time_of(repeats, [] { by_hand::wait(by_hand::posix_spawn(program)); }); });
    plain.add("fork, exec, waitid",
              [] { return time_of(repeats, [] { by_hand::wait(by_hand::fork_and_exec(program)); }); });
    plain.add("backchat::Popen, wait", [] { return time_of(repeats, [] { spawn_and_wait(without_pipes()); }); });
    plain.run();
    plain.print("spawn_floor: our streams, " + where);

    Rounds piped(argc, argv, 25);
    piped.add("posix_spawn, 3 pipes, waitid",
              [] { return time_of(repeats, [] { by_hand::wait(by_hand::posix_spawn_with_pipes(program)); }); });
    piped.add("backchat::Popen, 3 pipes, wait", [] { return time_of(repeats, [] { spawn_and_wait({}); }); });
    piped.run();
    piped.print("spawn_floor: three pipes, " + where);
}

int compare(int argc, char **argv) {
    compare_where(argc, argv, "few descriptors open");

    rlimit limit{};
    by_hand::require(::getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = 20000;
    limit.rlim_max = std::max<rlim_t>(limit.rlim_max, limit.rlim_cur);
    by_hand::require(::setrlimit(RLIMIT_NOFILE, &limit) == 0,
                     "setrlimit to 20000 (it needs root where the hard limit is below)");
    compare_where(argc, argv, "limit of 20000 descriptors");

    std::vector<by_hand::Fd> open;
    for (int i = 0; i < 512; ++i) {
        open.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        by_hand::require(open.back().get() >= 0, "open");
    }
    compare_where(argc, argv, "limit of 20000 and 512 descriptors open");
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    return bench::say_errors([=] { return compare(argc, argv); });
}
