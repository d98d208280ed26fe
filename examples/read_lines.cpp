/// Reads lines, with one deadline for all of them. A piece of output may hold half a line, or three.
#include <backchat/backchat.hpp>

#include <iostream>
#include <optional>
#include <string>

using namespace std::chrono_literals;
using backchat::Reason;
using backchat::Stream;

/// Gives the next line with its newline; or, when there will be none or the deadline has passed, nothing: the part
/// that has arrived stays in `buffer`.
std::optional<std::string> read_line(backchat::Popen &child, std::string &buffer, const backchat::Deadline &until) {
    for (;;) {
        if (const auto end = buffer.find('\n'); end != std::string::npos) {
            auto line = buffer.substr(0, end + 1);
            buffer.erase(0, end + 1);
            return line;
        }
        const auto output = child.wait_output(Stream::out, until);
        if (output.reason != Reason::data) return std::nullopt;
        buffer += output.data;
    }
}

int main() {
    backchat::Popen child(backchat::shell("printf 'first\\nsecond\\nthi'; sleep 30; echo rd"));
    const backchat::Deadline until = 2s;
    std::string buffer;
    while (const auto line = read_line(child, buffer, until)) std::cout << "line: " << *line;
    std::cout << "not yet a line: " << buffer << "\n";
}
