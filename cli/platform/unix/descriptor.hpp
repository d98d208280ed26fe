#pragma once

#include "cli/platform/handle.hpp"

namespace backchat::cli {

inline int descriptor(NativeHandle handle) { return static_cast<int>(handle); }

struct DescriptorPair {
    UniqueHandle read_end;
    UniqueHandle write_end;
};

/// Makes a close-on-exec pipe whose write end never waits. Throws std::system_error.
DescriptorPair make_pipe();

/// Waits until `number` is ready for `events`, as poll(2) has them. Gives false, with errno, when it cannot.
bool wait_until_ready(int number, short events);

} // namespace backchat::cli
