/// Prints "no_new_privs 0" or "no_new_privs 1".
#include <cstdio>

#include <sys/prctl.h>

int main() { std::printf("no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); }
