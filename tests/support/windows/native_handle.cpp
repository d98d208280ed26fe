#include "support/native_handle.hpp"

#include "support/windows/system.hpp"

namespace support {

void close_handle(NativeHandle handle) { ::CloseHandle(as_handle(handle)); }

Pipe::Pipe() {
    HANDLE ends[2];
    if (!::CreatePipe(&ends[0], &ends[1], nullptr, 0)) throw_last_error("CreatePipe");
    read = UniqueHandle(as_native(ends[0]));
    write = UniqueHandle(as_native(ends[1]));
}

std::string read_some(NativeHandle handle, std::size_t most) {
    std::string piece(most, '\0');
    DWORD got = 0;
    if (!::ReadFile(as_handle(handle), piece.data(), static_cast<DWORD>(most), &got, nullptr) &&
        ::GetLastError() != ERROR_BROKEN_PIPE) { // how a pipe says end of file
        throw_last_error("ReadFile");
    }
    piece.resize(got);
    return piece;
}

void write_all(NativeHandle handle, std::string_view text) {
    while (!text.empty()) {
        DWORD wrote = 0;
        const auto size = static_cast<DWORD>(text.size());
        if (!::WriteFile(as_handle(handle), text.data(), size, &wrote, nullptr)) throw_last_error("WriteFile");
        text.remove_prefix(wrote);
    }
}

NativeHandle standard_handle(int number) {
    constexpr DWORD names[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    const HANDLE handle = ::GetStdHandle(names[number]);
    return handle ? as_native(handle) : no_handle;
}

} // namespace support
