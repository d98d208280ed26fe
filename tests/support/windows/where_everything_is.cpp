#include "support/process_table.hpp"
#include "support/watchdog.hpp"
#include "support/windows/open_handles.hpp"

#include <cstdio>

namespace support {

void print_where_everything_is() {
    for (const auto thread : threads()) std::fprintf(stderr, "  thread %lld\n", static_cast<long long>(thread));
    for (const auto &[handle, type] : open_handles()) {
        std::fprintf(stderr, "  handle %llu of type %s\n", static_cast<unsigned long long>(handle), type.c_str());
    }
    for (const auto &entry : marked_descendants()) {
        std::fprintf(stderr, "  descendant %lld of %lld: %s\n", static_cast<long long>(entry.pid),
                     static_cast<long long>(entry.parent), entry.command.c_str());
    }
}

} // namespace support
