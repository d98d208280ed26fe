/// raise_signal NUMBER: sends itself a signal; exits with 99 if that does not end it.
#include <csignal>
#include <cstdlib>

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    std::raise(std::atoi(argv[1]));
    return 99;
}
