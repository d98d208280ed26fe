/// starts_tree PLACE…: starts one process that never ends for each PLACE, prints their numbers, says "ready" and never
/// ends. PLACE may be "ignoring" too: one in the same group that ignores the polite signals; or "deep": one that starts
/// another one in a session of its own.
#include "os.hpp"

namespace {

long start_self(char *program, const char *role, os::Place place) {
    char copy[32];
    std::snprintf(copy, sizeof copy, "%s", role);
    char *const arguments[] = {program, copy, nullptr};
    return os::start(program, arguments, place);
}

void print_number(long number) {
    char line[32];
    std::snprintf(line, sizeof line, "%ld\n", number);
    os::write_text(os::out, line);
}

[[noreturn]] void ignore_and_wait() {
    os::ignore_polite_signals();
    os::write_text(os::out, "ignoring\n");
    os::wait_to_be_killed();
}

} // namespace

int main(int argc, char **argv) {
    if (argc == 2 && std::strcmp(argv[1], "-wait") == 0) os::wait_to_be_killed();
    if (argc == 2 && std::strcmp(argv[1], "-ignore") == 0) ignore_and_wait();
    if (argc == 2 && std::strcmp(argv[1], "-deep") == 0) {
        print_number(start_self(argv[0], "-wait", os::Place::own_session));
        os::write_text(os::out, "deep\n");
        os::wait_to_be_killed();
    }
    for (int i = 1; i < argc; ++i) {
        const bool ignoring = std::strcmp(argv[i], "ignoring") == 0;
        const bool deep = std::strcmp(argv[i], "deep") == 0;
        const auto place = ignoring || deep ? os::Place::same_group : os::place_named(argv[i]);
        print_number(start_self(argv[0], ignoring ? "-ignore" : deep ? "-deep" : "-wait", place));
    }
    os::write_text(os::out, "ready\n");
    os::wait_to_be_killed();
}
