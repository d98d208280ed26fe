/// prints_handles HANDLE…: prints "open" or "closed" for each number, as it is in this process; then how many pipes it
/// has among all its handles.
#include "../os.hpp"

int main(int argc, char **argv) {
    for (int i = 1; i < argc; ++i) {
        DWORD flags = 0;
        const auto handle =
            reinterpret_cast<HANDLE>(std::strtoull(argv[i], nullptr, 10)); // NOLINT(performance-no-int-to-ptr)
        std::printf("%s\n", ::GetHandleInformation(handle, &flags) ? "open" : "closed");
    }
    int pipes = 0;
    for (ULONG_PTR value = 4; value < 0x4000; value += 4) {
        const auto handle = reinterpret_cast<HANDLE>(value); // NOLINT(performance-no-int-to-ptr)
        DWORD flags = 0;
        if (::GetHandleInformation(handle, &flags) && ::GetFileType(handle) == FILE_TYPE_PIPE) ++pipes;
    }
    std::printf("pipes %d\n", pipes);
}
