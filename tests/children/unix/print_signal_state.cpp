/// Prints the numbers of the signals that are blocked, ignored and pending: "blocked 1 2", "ignored 13", "pending".
#include <csignal>
#include <cstdio>

int main() {
    sigset_t blocked, pending;
    sigprocmask(SIG_SETMASK, nullptr, &blocked);
    sigpending(&pending);
    std::printf("blocked");
    for (int number = 1; number < NSIG; ++number) {
        if (sigismember(&blocked, number) == 1) std::printf(" %d", number);
    }
    std::printf("\nignored");
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action;
        if (sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) std::printf(" %d", number);
    }
    std::printf("\npending");
    for (int number = 1; number < NSIG; ++number) {
        if (sigismember(&pending, number) == 1) std::printf(" %d", number);
    }
    std::printf("\n");
}
