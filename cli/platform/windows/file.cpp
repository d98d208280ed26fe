#include "cli/platform/file.hpp"

#include "cli/platform/standard_streams.hpp"
#include "cli/platform/windows/system.hpp"
#include "cli/platform/windows/utf16.hpp"

namespace backchat::cli {

namespace {

// As on Unix, nobody who has a file open keeps others from it.
constexpr DWORD shared_with_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

UniqueHandle opened(const std::string &path, DWORD access, DWORD disposition, std::error_code &error) {
    const HANDLE handle = CreateFileW(to_utf16(path).c_str(), access, shared_with_all, nullptr, disposition,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) error = last_error();
    return UniqueHandle(from_native(handle));
}

} // namespace

std::optional<Stream> output_named(const std::string &path) {
    return path == "-" ? std::optional(Stream::out) : std::nullopt;
}

UniqueHandle open_to_write(const std::string &path, std::error_code &error) {
    return opened(path, GENERIC_WRITE, CREATE_ALWAYS, error);
}

UniqueHandle open_to_read(const std::string &path, std::error_code &error) {
    return opened(path, GENERIC_READ, OPEN_EXISTING, error);
}

UniqueHandle duplicate(Stream stream, std::error_code &error) {
    const HANDLE process = GetCurrentProcess();
    HANDLE handle = INVALID_HANDLE_VALUE;
    const HANDLE source = native(standard_handle(stream));
    // The number of no handle is also that of this process: it would be duplicated.
    if (source == INVALID_HANDLE_VALUE) error = error_of(ERROR_INVALID_HANDLE);
    else if (DuplicateHandle(process, source, process, &handle, 0, FALSE, DUPLICATE_SAME_ACCESS) == FALSE)
        error = last_error();
    return UniqueHandle(from_native(error ? INVALID_HANDLE_VALUE : handle));
}

} // namespace backchat::cli
