/// Says "started" and goes on making processes that do the same, 400 at most: each starts others until it is killed.
#include "../os.hpp"

#include <sys/mman.h>

int main() {
    auto *left =
        static_cast<int *>(::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *left = 400;
    os::write_text(os::out, "started\n");
    while (__atomic_sub_fetch(left, 1, __ATOMIC_RELAXED) > 0) {
        if (::fork() < 0) break;
    }
    os::wait_to_be_killed();
}
