/// closes_stdout_and_runs_on [CODE]: says "bye", closes stdout and stderr, reads stdin to its end, exits.
#include "os.hpp"

int main(int argc, char **argv) {
    os::write_text(os::out, "bye\n");
    os::close(os::out);
    os::close(os::err);
    char buffer[4096];
    while (os::read_some(os::in, buffer, sizeof buffer) > 0) {
    }
    return argc > 1 ? std::atoi(argv[1]) : 0;
}
