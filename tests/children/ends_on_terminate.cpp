/// ends_on_terminate CODE: says "ready"; on SIGTERM says "terminating", on SIGINT "interrupted", and exits. On Windows,
/// Ctrl-Break is the former and Ctrl-C the latter.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    os::catch_polite_signals();
    os::end_in_five_minutes();
    os::write_text(os::out, "ready\n");
    const bool terminate = os::wait_for_polite_signal() == os::PoliteSignal::terminate;
    os::write_text(os::out, terminate ? "terminating\n" : "interrupted\n");
    std::_Exit(std::atoi(argv[1]));
}
