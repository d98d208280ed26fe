#pragma once

#include <mutex>

namespace backchat::platform {

/// Held while a descriptor of ours is not yet close-on-exec, and while a child is forked: no child of ours gets a
/// descriptor of another's spawn. (pipe2, which needs no lock, is not everywhere. A fork of the host's own at that very
/// moment still takes a copy along; what it execs keeps it only when that moment is the one between two calls.)
inline std::mutex spawn_lock;

} // namespace backchat::platform
