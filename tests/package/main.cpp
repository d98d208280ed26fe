/// What a program of somebody else's does first: run a program, look at what it brings back.
#include <backchat/backchat.hpp>

#include <chrono>
#include <iostream>

int main() {
    using namespace std::chrono_literals;
    const auto sum = backchat::run({"expr", "20", "+", "22"}, {.timeout = 20s});
    if (sum.success() && sum.out == "42\n" && backchat::version() == std::string(BACKCHAT_VERSION)) return 0;
    std::cerr << "expr gave '" << sum.out << "' and '" << sum.err << "', reason " << to_string(sum.reason)
              << "; the library is " << backchat::version() << ", its headers " << BACKCHAT_VERSION << '\n';
    return 1;
}
