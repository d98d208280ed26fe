#pragma once

#include <backchat/options.hpp>
#include <backchat/result.hpp>

#include <cstddef>
#include <memory>
#include <span>

namespace backchat::platform {

/// Our end of a pipe that the child writes to.
///
/// The calls are tries: a readiness based system makes the system call, a completion based one hands over what its
/// pending operation has brought and starts the next. The buffers of a pending operation belong to this object and
/// outlive the operation on every path.
/// Threads: one caller at a time; wait_for() may look at it meanwhile.
class ReadEnd {
public:
    class Impl;
    explicit ReadEnd(std::unique_ptr<Impl> impl);
    ~ReadEnd();
    ReadEnd(ReadEnd &&) noexcept;
    ReadEnd &operator=(ReadEnd &&) noexcept;

    /// Takes what has arrived into buffer[0, bytes), without waiting.
    ///
    /// Returns: data with bytes > 0, would_block, end_of_file, or failed with the error. Interrupted calls are repeated.
    Transferred try_read(std::span<std::byte> buffer);

    /// Gives the number of bytes that can be taken now; 0 when that cannot be told.
    std::size_t available() const;

    Impl &impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// Our end of a pipe that the child reads from. As ReadEnd.
class WriteEnd {
public:
    class Impl;
    explicit WriteEnd(std::unique_ptr<Impl> impl);
    ~WriteEnd();
    WriteEnd(WriteEnd &&) noexcept;
    WriteEnd &operator=(WriteEnd &&) noexcept;

    /// Gives the pipe what it takes of `data`, without waiting and without a signal to the host.
    ///
    /// Returns: data with bytes > 0 (perhaps a part), would_block, broken_pipe, or failed with the error.
    /// A completion based system takes a copy of a bounded part, and says would_block while that is under way.
    Transferred try_write(std::span<const std::byte> data);

    Impl &impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

} // namespace backchat::platform
