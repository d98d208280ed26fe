/// list_descriptors [PATH]: prints, to stdout or into PATH, a line for each open descriptor: number, close-on-exec flag
/// (cloexec or inherit), status flags in octal, target.
#include "../os.hpp"

int main(int argc, char **argv) {
    // Tried one by one: opening a folder would add a descriptor.
    static char text[1 << 20];
    std::size_t used = 0;
    for (int number = 0; number < 70000; ++number) {
        const int flags = ::fcntl(number, F_GETFD);
        if (flags < 0) continue;
        char link[64], target[512];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", number);
        const long length = ::readlink(link, target, sizeof target - 1);
        target[length < 0 ? 0 : length] = '\0';
        used += static_cast<std::size_t>(std::snprintf(text + used, sizeof text - used, "%d %s %o %s\n", number,
                                                       flags & FD_CLOEXEC ? "cloexec" : "inherit",
                                                       static_cast<unsigned>(::fcntl(number, F_GETFL)), target));
    }
    const int to = argc > 1 ? ::open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600) : os::out;
    return os::write_all(to, text, used) ? 0 : 1;
}
