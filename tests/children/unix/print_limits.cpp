/// Prints the resource limits: "NAME SOFT HARD", "unlimited" where there is none.
#include <cstdio>

#include <sys/resource.h>

namespace {

void print(rlim_t value, char end) {
    if (value == RLIM_INFINITY) std::printf("unlimited%c", end);
    else std::printf("%llu%c", static_cast<unsigned long long>(value), end);
}

} // namespace

int main() {
    const struct {
        const char *name;
        int resource;
    } limits[] = {
        {"address_space", RLIMIT_AS}, {"core_size", RLIMIT_CORE},   {"cpu_time", RLIMIT_CPU},
        {"data_size", RLIMIT_DATA},   {"file_size", RLIMIT_FSIZE},  {"open_files", RLIMIT_NOFILE},
        {"processes", RLIMIT_NPROC},  {"stack_size", RLIMIT_STACK}, {"locked_memory", RLIMIT_MEMLOCK},
    };
    for (const auto &limit : limits) {
        rlimit value;
        if (getrlimit(static_cast<__rlimit_resource>(limit.resource), &value) != 0) return 1;
        std::printf("%s ", limit.name);
        print(value.rlim_cur, ' ');
        print(value.rlim_max, '\n');
    }
}
