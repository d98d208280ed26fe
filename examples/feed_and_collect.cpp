/// Input and output larger than any pipe, both at once.
#include <backchat/backchat.hpp>

#include <iostream>
#include <string>

using namespace std::chrono_literals;

int main() {
    std::string numbers;
    for (int i = 1'000'000; i > 0; --i) numbers += std::to_string(i) + "\n";

    // tee writes while it reads, and to both of its outputs: each pipe holds 64 KiB, and all three will be full.
    backchat::Popen tee({"tee", "/dev/stderr"});
    const auto result = tee.communicate(numbers, 30s);

    std::cout << "reason: " << to_string(result.reason) << ", " << to_string(*result.status) << "\n";
    std::cout << "sent " << result.bytes_sent << ", stdout " << result.out.size() << ", stderr " << result.err.size()
              << " bytes\n";
    std::cout << (result.out == numbers && result.err == numbers ? "equal" : "different") << "\n";
}
