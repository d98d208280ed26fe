#pragma once

#include "platform/unix/pipe_impl.hpp"

#include <csignal>
#include <cstddef>
#include <optional>

namespace backchat::platform {

// What each Unix does in its own way about pipes.

struct PipeEnds {
    FileDescriptor read;
    FileDescriptor write;
};

/// Makes a pipe, both ends close-on-exec from the start and with numbers above 2.
/// On error: throws std::system_error.
PipeEnds make_pipe_ends();

/// Gives our end what goes beyond O_NONBLOCK. A capacity is a wish.
/// On error: throws std::system_error.
void tune_our_end(const FileDescriptor &end, Direction direction, std::optional<std::size_t> capacity);

/// Takes the SIGPIPE that a write of this thread's has made pending. `broken_pipe` holds that signal alone; it is
/// blocked.
void take_broken_pipe_signal(const sigset_t &broken_pipe);

} // namespace backchat::platform
