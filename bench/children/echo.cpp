/// Gives back what it reads, as it comes.

#include <unistd.h>

int main() {
    static char piece[65536];
    for (;;) {
        const ssize_t n = ::read(0, piece, sizeof piece);
        if (n <= 0) return n < 0;
        for (ssize_t written = 0; written < n;) {
            const ssize_t w = ::write(1, piece + written, static_cast<size_t>(n - written));
            if (w < 0) return 1;
            written += w;
        }
    }
}
