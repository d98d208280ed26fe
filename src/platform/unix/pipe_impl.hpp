#pragma once

#include "platform/pipe.hpp"
#include "platform/unix/descriptor.hpp"

#include <cstddef>
#include <optional>

namespace backchat::platform {

class ReadEnd::Impl {
public:
    explicit Impl(FileDescriptor end) : fd(std::move(end)) {}
    FileDescriptor fd; // O_NONBLOCK and close-on-exec
};

class WriteEnd::Impl {
public:
    explicit Impl(FileDescriptor end) : fd(std::move(end)) {}
    FileDescriptor fd; // O_NONBLOCK and close-on-exec
};

/// The two ends of a new pipe, both close-on-exec. Only ours is non-blocking: O_NONBLOCK belongs to the open file
/// description, and the child's end is the child's.
struct Pipe {
    FileDescriptor ours;
    FileDescriptor childs;
};

enum class Direction { to_child, from_child };

/// On error: throws std::system_error.
Pipe make_pipe(Direction direction, std::optional<std::size_t> capacity);

} // namespace backchat::platform
