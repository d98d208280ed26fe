/// Prints "pid N", "parent N", "group N", "session N".
#include <cstdio>

#include <unistd.h>

int main() { std::printf("pid %d\nparent %d\ngroup %d\nsession %d\n", getpid(), getppid(), getpgrp(), getsid(0)); }
