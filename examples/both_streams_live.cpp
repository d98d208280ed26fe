/// Output of both streams as it comes, and how each of them has ended.
#include <backchat/backchat.hpp>

#include <iostream>

using backchat::Reason;
using backchat::Stream;

int main() {
    backchat::Popen build(backchat::shell("echo compiling; sleep 0.2; echo 'a warning' >&2; exit 3"));
    for (;;) {
        const auto output = build.wait_output(backchat::forever);
        if (output.reason == Reason::exited) break; // and both streams have ended
        if (output.reason == Reason::data) std::cout << to_string(output.stream) << ": " << output.data;
    }
    std::cout << "stdout " << to_string(build.eof(Stream::out)) << ", stderr " << to_string(build.eof(Stream::err))
              << ", " << to_string(*build.poll()) << "\n";
}
