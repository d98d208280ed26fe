/// Prints the numbers of the processors that it may run on, a blank between two.
#include <cstdio>

#include <sched.h>

int main() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    bool first = true;
    for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &set)) continue;
        std::printf(first ? "%u" : " %u", cpu);
        first = false;
    }
}
