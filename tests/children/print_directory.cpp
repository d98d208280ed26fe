/// Prints its working directory.
#include "os.hpp"

int main() {
    static char path[65536];
    if (!os::working_directory(path, sizeof path)) return 1;
    std::fputs(path, stdout);
}
