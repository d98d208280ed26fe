/// The child ends, but a process that it has started keeps its stdout open.
#include <backchat/backchat.hpp>

#include <iostream>

using namespace std::chrono_literals;

int main() {
    const auto result = backchat::run(backchat::shell("sleep 4 & echo hi"));

    std::cout << result.out << to_string(*result.status) << "\n";
    std::cout << "stdout: " << to_string(result.eof_out) << "\n";
    for (const auto &holder : result.holders.processes) std::cout << "kept open by: " << holder.command << "\n";
    std::cout << (result.wall < 2s ? "within" : "after more than") << " two seconds\n";
}
