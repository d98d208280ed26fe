#include "support/process_table.hpp"

#include "support/time.hpp"

namespace support {

bool is_alive(std::int64_t pid) { return look_at(pid).alive(); }

bool is_gone(std::int64_t pid) { return look_at(pid).state == 'X'; }

bool dies_soon(std::int64_t pid) {
    return eventually([pid] { return !is_alive(pid); });
}

} // namespace support
