/// interleave COUNT: writes "out 0", "err 0", "out 1", … in turn to stdout and stderr, one write a line.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    const int count = std::atoi(argv[1]);
    for (int i = 0; i < count; ++i) {
        char line[32];
        std::snprintf(line, sizeof line, "out %d\n", i);
        if (!os::write_text(os::out, line)) return 1;
        std::snprintf(line, sizeof line, "err %d\n", i);
        if (!os::write_text(os::err, line)) return 1;
    }
}
