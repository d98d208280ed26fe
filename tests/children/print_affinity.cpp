/// Prints the numbers of the processors that it may run on, a blank between two.
#include "os.hpp"

int main() {
    bool first = true;
    for (unsigned cpu = 0; cpu < 1024; ++cpu) {
        if (!os::may_run_on(cpu)) continue;
        std::printf(first ? "%u" : " %u", cpu);
        first = false;
    }
}
