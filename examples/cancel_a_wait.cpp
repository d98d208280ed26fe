/// A wait that another thread ends.
#include <backchat/backchat.hpp>

#include <iostream>
#include <stop_token>
#include <thread>

using namespace std::chrono_literals;

int main() {
    backchat::Popen child({"cat"});
    std::jthread waits([&](const std::stop_token &token) {
        const auto waited = child.wait({backchat::forever, token});
        std::cout << "wait: " << to_string(waited.reason) << "\n";
    });
    child.send("still there\n"); // any call may be made while another thread waits
    std::cout << child.wait_output(5s).data;
    waits.request_stop();
    waits.join();
    std::cout << to_string(child.stop(1s)) << "\n";
}
