#include "base/signal_name.hpp"

#include <backchat/exit_status.hpp>

#include <cassert>

namespace backchat {

int ExitStatus::code() const {
    assert(is_exited());
    return value_;
}

int ExitStatus::signal() const {
    assert(is_signaled());
    return value_;
}

std::string to_string(const ExitStatus &status) {
    switch (status.kind()) {
    case ExitStatus::Kind::exited: return "exited(" + std::to_string(status.code()) + ")";
    case ExitStatus::Kind::signaled:
        return "signaled(" + base::signal_name(status.signal()) + (status.core_dumped() ? ", core dumped)" : ")");
    case ExitStatus::Kind::unknown: break;
    }
    return "unknown";
}

} // namespace backchat
