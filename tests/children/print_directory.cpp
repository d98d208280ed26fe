/// Prints its working directory.
#include <cstdio>

#include <unistd.h>

int main() {
    char path[4096];
    if (!getcwd(path, sizeof path)) return 1;
    std::fputs(path, stdout);
}
