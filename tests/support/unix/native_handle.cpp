#include "support/native_handle.hpp"

#include "support/unix/unique_fd.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace support {
namespace {

int number_of(NativeHandle handle) { return static_cast<int>(handle); }

} // namespace

void close_handle(NativeHandle handle) { ::close(number_of(handle)); }

Pipe::Pipe() {
    DescriptorPipe both;
    read = UniqueHandle(both.read.release());
    write = UniqueHandle(both.write.release());
}

std::string read_some(NativeHandle handle, std::size_t most) {
    std::string piece(most, '\0');
    ssize_t got;
    do got = ::read(number_of(handle), piece.data(), piece.size());
    while (got < 0 && errno == EINTR);
    if (got < 0) throw std::system_error(errno, std::generic_category(), "read");
    piece.resize(static_cast<std::size_t>(got));
    return piece;
}

void write_all(NativeHandle handle, std::string_view text) {
    while (!text.empty()) {
        const ssize_t wrote = ::write(number_of(handle), text.data(), text.size());
        if (wrote >= 0) text.remove_prefix(static_cast<std::size_t>(wrote));
        else if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "write");
    }
}

NativeHandle standard_handle(int number) { return ::fcntl(number, F_GETFD) < 0 ? no_handle : number; }

} // namespace support
