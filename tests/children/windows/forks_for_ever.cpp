/// Says "started" and goes on making processes that do the same, 100 at most: each starts others until it is killed.
#include "../os.hpp"

int main(int argc, char **argv) {
    // The number that are left is in a file mapping, whose inheritable handle is the argument.
    SECURITY_ATTRIBUTES inheritable = {sizeof inheritable, nullptr, TRUE};
    const bool first = argc < 2;
    const HANDLE mapping =
        first ? ::CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0, sizeof(LONG), nullptr)
              : reinterpret_cast<HANDLE>(std::strtoull(argv[1], nullptr, 10)); // NOLINT(performance-no-int-to-ptr)
    auto *left = static_cast<LONG *>(::MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(LONG)));
    if (!left) return 3;
    if (first) {
        *left = 100;
        os::write_text(os::out, "started\n");
    }
    char handle[32];
    std::snprintf(handle, sizeof handle, "%llu", static_cast<unsigned long long>(reinterpret_cast<ULONG_PTR>(mapping)));
    char *const arguments[] = {argv[0], handle, nullptr};
    while (::InterlockedDecrement(left) > 0) os::start(argv[0], arguments, os::Place::same_group);
    os::wait_to_be_killed();
}
