#include "platform/windows/kernel32.hpp"

namespace backchat::platform {

Kernel32 &kernel32() {
    static Kernel32 table;
    return table;
}

} // namespace backchat::platform
