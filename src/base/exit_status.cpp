#include "base/ntstatus.hpp"
#include "base/signal_name.hpp"

#include <backchat/exit_status.hpp>

#include <cassert>

namespace backchat {
namespace {

std::string text_of_code(int code) {
    return base::is_ntstatus(code) ? base::ntstatus_text(code) : std::to_string(code);
}

} // namespace

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
    case ExitStatus::Kind::exited: return "exited(" + text_of_code(status.code()) + ")";
    case ExitStatus::Kind::signaled:
        return "signaled(" + base::signal_name(status.signal()) + (status.core_dumped() ? ", core dumped)" : ")");
    case ExitStatus::Kind::unknown: break;
    }
    return "unknown";
}

} // namespace backchat
