/// A program with a loop of its own, which looks at its child once in each round.
#include <backchat/backchat.hpp>

#include <iostream>
#include <thread>

using namespace std::chrono_literals;
using backchat::Reason;

int main() {
    backchat::Popen child(backchat::shell("sleep 1; echo done"));
    int rounds = 0;
    for (;; ++rounds) {
        const auto received = child.recv(); // data, would_block or end_of_file, but no wait
        if (received.reason == Reason::end_of_file) break;
        std::cout << received.data;
        std::this_thread::sleep_for(20ms); // stands for the program's own work: a frame drawn, an event handled
    }
    std::cout << "end of file " << (rounds > 5 ? "after many rounds" : "at once") << "\n";
} // by default the destructor kills what is left of the child and its descendants
