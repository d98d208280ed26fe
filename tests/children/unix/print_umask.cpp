/// Prints its umask in octal.
#include <cstdio>

#include <sys/stat.h>

int main() { std::printf("%o", static_cast<unsigned>(umask(0))); }
