/// Stopping in steps of one's own, with a report of each.
#include <backchat/backchat.hpp>

#include <iostream>

using namespace std::chrono_literals;
using backchat::StopAction;

int main() {
    backchat::Popen server(backchat::shell("trap 'echo saved; exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
    std::cout << server.wait_output(5s).data;

    // However the list ends, a forced kill of the whole tree stands behind it.
    const auto stopped = server.stop({{StopAction::close_stdin, 200ms}, {StopAction::terminate, 5s}});
    for (const auto &step : stopped.steps)
        std::cout << to_string(step.action) << (step.ended ? ": has ended\n" : ": runs on\n");
    std::cout << server.take_rest().out << to_string(stopped) << "\n";
}
