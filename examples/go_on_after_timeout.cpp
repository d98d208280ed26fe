/// A timeout is no end: what has arrived is handed over, and the next call goes on where this one stopped.
#include <backchat/backchat.hpp>

#include <iostream>

using namespace std::chrono_literals;

int main() {
    backchat::Popen child(backchat::shell("cat; echo soon; sleep 1; echo late"));
    for (auto result = child.communicate("input\n", 500ms);; result = child.communicate(500ms)) {
        std::cout << result.out;
        if (result.reason != backchat::Reason::timeout) break;
    }
    std::cout << to_string(*child.poll()) << "\n";
}
