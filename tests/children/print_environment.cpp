/// Prints its environment, a NUL after each entry.
#include <cstdio>

extern "C" char **environ;

int main() {
    for (char **entry = environ; *entry; ++entry) {
        std::fputs(*entry, stdout);
        std::fputc('\0', stdout);
    }
}
