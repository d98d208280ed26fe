/// What does it cost to run a program and capture what it says, beside Python's subprocess.run?

#include "by_hand.hpp"
#include "rounds.hpp"

#include <backchat/backchat.hpp>

#include <stdexcept>

namespace {

using namespace bench;

const std::vector<std::string> program = {"true"};
constexpr std::size_t repeats = 50;

/// A Python that times itself, so that its own start does not count.
class Python {
public:
    Python() : child_({"python3", "-c", script}, {.err = backchat::Redirect::inherit()}) {}

    Time sample() {
        child_.send("\n");
        std::string answer;
        while (!answer.ends_with('\n')) {
            const backchat::Output output = child_.wait_output(backchat::forever);
            if (output.reason != backchat::Reason::data) throw std::runtime_error("python3 has gone");
            answer += output.data;
        }
        return Time(std::stoll(answer)) / static_cast<std::ptrdiff_t>(repeats);
    }

private:
    static constexpr const char *script = R"(
import subprocess, sys, time
for line in sys.stdin:
    began = time.perf_counter_ns()
    for i in range(50):
        subprocess.run(["true"], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    print(time.perf_counter_ns() - began, flush=True)
)";
    backchat::Popen child_;
};

int compare(int argc, char **argv) {
    static_assert(repeats == 50, "the script says so too");
    Python python;
    Rounds rounds(argc, argv, 25);
    rounds.add("posix_spawn, poll, read by hand", [] {
        return time_of(repeats, [] {
            by_hand::Child child = by_hand::posix_spawn_with_pipes(program);
            const by_hand::Exchange exchange(child, {});
            by_hand::wait(child);
        });
    });
    rounds.add("backchat::run", [] {
        return time_of(repeats, [] {
            if (!backchat::run(program).success()) throw std::runtime_error("true has failed");
        });
    });
    rounds.add("Python's subprocess.run", [&] { return python.sample(); });
    rounds.run();
    rounds.print("run_capture: true, with its output captured");
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    return bench::say_errors([=] { return compare(argc, argv); });
}
