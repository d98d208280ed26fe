/// ends_on_terminate CODE: says "ready"; on SIGTERM says "terminating", on SIGINT "interrupted", and exits.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    sigprocmask(SIG_BLOCK, &wanted, nullptr);
    os::end_in_five_minutes();
    os::write_text(os::out, "ready\n");
    int number = 0;
    sigwait(&wanted, &number);
    os::write_text(os::out, number == SIGTERM ? "terminating\n" : "interrupted\n");
    std::_Exit(std::atoi(argv[1]));
}
