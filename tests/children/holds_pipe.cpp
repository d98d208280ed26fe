/// holds_pipe silent|chatty|flooding PLACE [exit CODE | stay]: leaves a grandchild behind that keeps the pipes, prints
/// its number, and exits or stays.
///
/// The grandchild ends with the lifeline (descriptor 3), or when it is killed. A chatty one says "tick" every 20 ms,
/// which is a rhythm and no synchronisation. PLACE: same_group, own_group, own_session, orphaned.
#include "os.hpp"
#include "pattern.hpp"

namespace {

int tick() {
    os::end_in_five_minutes();
    while (!os::hangup_within(os::lifeline, 20)) {
        if (!os::write_text(os::out, "tick\n")) return 1;
    }
    return 0;
}

int flood() {
    static char buffer[65536];
    os::end_in_five_minutes();
    for (unsigned long long at = 0; os::write_all(os::out, buffer, sizeof buffer); at += sizeof buffer) {
        pattern::fill(buffer, sizeof buffer, at);
    }
    return 0;
}

int grandchild(const char *kind) {
    os::ignore_broken_pipes();
    if (std::strcmp(kind, "chatty") == 0) return tick();
    if (std::strcmp(kind, "flooding") == 0) return flood();
    os::stay();
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    if (argc > 2 && std::strcmp(argv[1], "grandchild") == 0) return grandchild(argv[2]);
    if (argc < 4) return 2;
    char role[] = "grandchild";
    char *const arguments[] = {argv[0], role, argv[1], nullptr};
    const long number = os::start(argv[0], arguments, os::place_named(argv[2]));

    char line[32];
    std::snprintf(line, sizeof line, "%ld\n", number);
    os::write_text(os::out, line);
    if (std::strcmp(argv[3], "stay") == 0) os::stay();
    std::_Exit(argc > 4 ? std::atoi(argv[4]) : 0);
}
