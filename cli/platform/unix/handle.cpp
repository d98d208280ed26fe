#include "cli/platform/handle.hpp"

#include "cli/platform/unix/descriptor.hpp"

#include <unistd.h>

namespace backchat::cli {

UniqueHandle::~UniqueHandle() {
    if (handle_ != none) close(descriptor(handle_));
}

} // namespace backchat::cli
