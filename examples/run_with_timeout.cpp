/// A timeout for a whole tree of processes, with what it had written until then.
#include <backchat/backchat.hpp>

#include <iostream>

using namespace std::chrono_literals;

int main() {
    const auto result = backchat::run(backchat::shell("echo begun; sleep 4 & sleep 30; true"), {.timeout = 2s});

    std::cout << "reason: " << to_string(result.reason) << "\n";
    std::cout << "out: " << result.out;
    for (const auto &process : result.tree.killed) std::cout << "ended: " << process.command << "\n";
    std::cout << "left running: " << result.tree.survived.size() << "\n";
}
