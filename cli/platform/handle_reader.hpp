#pragma once

#include <backchat/options.hpp>

#include <string>
#include <system_error>

namespace backchat::cli {

/// Reads bytes from a file, a pipe or a terminal of ours, as they are; a line that is typed at a Windows
/// console is UTF-8 and ends with a newline alone.
/// Does not own the handle.
/// Threads: one at a time.
class HandleReader {
public:
    explicit HandleReader(NativeHandle handle) : handle_(handle) {}

    /// Waits for the next bytes, and gives them: nothing at the end, or with `error`.
    std::string read(std::error_code &error);

private:
    NativeHandle handle_;
    std::u16string unfinished_; // the first half of a character that a console has not given whole
};

} // namespace backchat::cli
