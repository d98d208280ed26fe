/// Prints its nice value.
#include <cstdio>

#include <sys/resource.h>

int main() { std::printf("%d", getpriority(PRIO_PROCESS, 0)); }
