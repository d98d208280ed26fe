#pragma once

#include "platform/unix/child_plan.hpp"

#include <cstddef>
#include <vector>

namespace backchat::platform {

/// What a new process has to close.
///
/// Between fork and exec nothing may allocate, and to read a directory by opendir does. So the parent reads it, and the
/// new process closes what was listed and, for what other threads have opened since, the lowest numbers besides: new
/// descriptors get the lowest number that is free.
struct OpenDescriptors {
    const int *listed; // in ascending order
    std::size_t count;
    int all_below; // every number below this is to be closed, too
};

/// Reads which descriptors this process has open.
class OpenDescriptorList {
public:
    OpenDescriptorList();

    OpenDescriptors view() const { return {listed_.data(), listed_.size(), all_below_}; }

private:
    std::vector<int> listed_;
    int all_below_;
};

} // namespace backchat::platform
