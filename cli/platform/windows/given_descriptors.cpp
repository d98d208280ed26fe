#include "cli/platform/windows/given_descriptors.hpp"

#include "cli/platform/windows/system.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace backchat::cli {

namespace {

constexpr unsigned char is_open = 0x01;
constexpr std::uint32_t most_descriptors = 2048; // the C runtime's own limit

/// Other runtimes use the block for things of their own: what is in it need not be a handle.
bool is_usable(HANDLE handle) {
    DWORD flags = 0;
    return handle != nullptr && handle != INVALID_HANDLE_VALUE && GetHandleInformation(handle, &flags) != FALSE &&
           GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

} // namespace

// The layout of STARTUPINFO::lpReserved2, as the C runtime writes and reads it:
//
//   uint32_t count; unsigned char flags[count]; HANDLE handles[count];     the handles are not aligned
std::vector<Descriptor> given_descriptors() {
    STARTUPINFOW startup{};
    GetStartupInfoW(&startup);
    std::uint32_t count = 0;
    if (startup.lpReserved2 == nullptr || startup.cbReserved2 < sizeof count) return {};
    std::memcpy(&count, startup.lpReserved2, sizeof count);
    const std::size_t room = (startup.cbReserved2 - sizeof count) / (1 + sizeof(HANDLE));
    if (count > std::min<std::size_t>(room, most_descriptors)) return {};

    const unsigned char *const flags = startup.lpReserved2 + sizeof count;
    std::vector<Descriptor> given;
    for (std::uint32_t number = 3; number < count; ++number) {
        HANDLE handle = nullptr;
        std::memcpy(&handle, flags + count + number * sizeof handle, sizeof handle);
        if ((flags[number] & is_open) != 0 && is_usable(handle))
            given.push_back({static_cast<int>(number), Redirect::handle(from_native(handle))});
    }
    return given;
}

} // namespace backchat::cli
