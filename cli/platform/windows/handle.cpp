#include "cli/platform/handle.hpp"

#include "cli/platform/windows/system.hpp"

namespace backchat::cli {

UniqueHandle::~UniqueHandle() {
    if (handle_ != none) CloseHandle(native(handle_));
}

} // namespace backchat::cli
