#pragma once

#include <backchat/options.hpp>

#include <string>
#include <string_view>
#include <system_error>

namespace backchat::cli {

/// Writes bytes to a file, a pipe or a terminal of ours, as they are.
///
/// A Windows console is given them as UTF-8 text, whatever its code page: the beginning of a character is shown with
/// its rest, and what is no UTF-8 as U+FFFD.
/// Does not own the handle.
/// Threads: one at a time.
class HandleWriter {
public:
    explicit HandleWriter(NativeHandle handle) : handle_(handle) {}

    /// Writes all of `data`, waiting as long as it takes. Gives the first error.
    ///
    /// Also serves a handle that somebody else has set not to wait (as ssh and node leave O_NONBLOCK behind on a
    /// terminal): it waits for room then, and never changes that, which is shared with other processes.
    std::error_code write_all(std::string_view data);

private:
    NativeHandle handle_;
    std::string unfinished_; // the beginning of a character that a console was not given yet
};

} // namespace backchat::cli
