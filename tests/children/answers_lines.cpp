/// answers_lines: says "hello", then for each line on stdin: "err X" goes to stderr, "exit N" exits, "close" closes
/// stdout, anything else is answered on stdout with its length.
#include "os.hpp"

namespace {

bool answer(char *line) {
    if (std::strncmp(line, "exit ", 5) == 0) std::_Exit(std::atoi(line + 5));
    if (std::strcmp(line, "close") == 0) return os::close(os::out), true;
    char text[64];
    if (std::strncmp(line, "err ", 4) == 0) {
        std::snprintf(text, sizeof text, "%.60s\n", line + 4);
        return os::write_text(os::err, text);
    }
    std::snprintf(text, sizeof text, "%zu\n", std::strlen(line));
    return os::write_text(os::out, text);
}

} // namespace

int main() {
    if (!os::write_text(os::out, "hello\n")) return 1;
    char line[4096];
    while (std::fgets(line, sizeof line, stdin)) {
        line[std::strcspn(line, "\n")] = '\0';
        if (!answer(line)) return 1;
    }
}
