#pragma once

#include <memory>
#include <string>
#include <system_error>

namespace backchat::cli {

/// Our stdin, read in a way that can be given up at any moment.
///
/// One object in a process, since what is being read when it is given up is lost.
/// Threads: read() from one; stop() from any.
class StandardInput {
public:
    StandardInput();
    ~StandardInput();
    StandardInput(const StandardInput &) = delete;
    StandardInput &operator=(const StandardInput &) = delete;

    /// Waits for the next bytes, and gives them: nothing at the end, after stop(), or with `error`.
    std::string read(std::error_code &error);
    /// Lets read() come back, now and from now on.
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace backchat::cli
