/// A conversation with a program, and its end when it does not answer any more.
#include <backchat/backchat.hpp>

#include <iostream>

using namespace std::chrono_literals;

int main() {
    backchat::Popen bc({"bc", "-q"}); // its stdin, stdout and stderr are pipes to us
    bc.send("2^100\n");               // never waits; gives the number of bytes the pipe took
    std::cout << bc.wait_output(5s).data;

    bc.send("while (1) { }\n");            // bc will be busy for ever
    const auto late = bc.asyncread(200ms); // all that arrives within 200 ms
    std::cout << "reason: " << to_string(late.reason) << ", bytes: " << late.data.size() << "\n";

    const auto status = bc.stop(2s); // close its stdin, then SIGTERM, then kill its tree: the first that works
    std::cout << "bc has ended: " << to_string(status) << "\n";
}
