#include "cli/platform/standard_streams.hpp"

#include "cli/platform/windows/system.hpp"

#include <cstring>

namespace backchat::cli {

namespace {

DWORD number_of(Stream stream) {
    switch (stream) {
    case Stream::in: return STD_INPUT_HANDLE;
    case Stream::out: return STD_OUTPUT_HANDLE;
    case Stream::err: break;
    }
    return STD_ERROR_HANDLE;
}

/// Whether both came from one by DuplicateHandle, as those of `2>&1` do.
bool are_duplicates(HANDLE one, HANDLE other) {
    // Asked for by name: import libraries differ in where they have it, or do not have it.
    using CompareObjectHandles = BOOL(WINAPI *)(HANDLE, HANDLE);
    const HMODULE library = GetModuleHandleW(L"kernelbase.dll");
    const FARPROC found = library == nullptr ? nullptr : GetProcAddress(library, "CompareObjectHandles");
    if (found == nullptr) return one == other;
    CompareObjectHandles compare = nullptr;
    static_assert(sizeof compare == sizeof found);
    std::memcpy(&compare, &found, sizeof compare); // a cast between function types is one that compilers warn of
    return compare(one, other) != FALSE;
}

bool are_one_disk_file(HANDLE one, HANDLE other) {
    FILE_ID_INFO of_one{};
    FILE_ID_INFO of_other{};
    return GetFileInformationByHandleEx(one, FileIdInfo, &of_one, sizeof of_one) != FALSE &&
           GetFileInformationByHandleEx(other, FileIdInfo, &of_other, sizeof of_other) != FALSE &&
           of_one.VolumeSerialNumber == of_other.VolumeSerialNumber &&
           std::memcmp(&of_one.FileId, &of_other.FileId, sizeof of_one.FileId) == 0;
}

} // namespace

NativeHandle standard_handle(Stream stream) {
    const HANDLE handle = GetStdHandle(number_of(stream));
    return from_native(handle == nullptr ? INVALID_HANDLE_VALUE : handle);
}

bool is_terminal(Stream stream) { return is_console(native(standard_handle(stream))); }

bool outputs_are_one_file() {
    const HANDLE out = native(standard_handle(Stream::out));
    const HANDLE err = native(standard_handle(Stream::err));
    if (out == INVALID_HANDLE_VALUE || err == INVALID_HANDLE_VALUE) return false;
    return (is_console(out) && is_console(err)) || are_duplicates(out, err) || are_one_disk_file(out, err);
}

} // namespace backchat::cli
