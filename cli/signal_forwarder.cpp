#include "signal_forwarder.hpp"

#include "cli/platform/wording.hpp"
#include "complaint.hpp"

#include <fmt/format.h>

#include <utility>

namespace backchat::cli {

namespace {

std::string name_of(const CaughtSignal &caught) {
    switch (caught.number) {
    case 1: return "SIGHUP";
    case 2: return "SIGINT";
    case 3: return "SIGQUIT";
    case 15: return "SIGTERM";
    default: return fmt::format("signal {}", caught.number);
    }
}

} // namespace

SignalForwarder::SignalForwarder(SignalCatcher &catcher, Popen &child, const ProcessGroup &group,
                                 std::shared_ptr<Wakeup> wakeup)
    : catcher_(catcher), child_(child), wakeup_(std::move(wakeup)) {
    catcher_.child_exists(group);
    thread_ = std::thread([this] { work(); });
}

SignalForwarder::~SignalForwarder() {
    catcher_.close();
    thread_.join();
}

void SignalForwarder::work() {
    while (const auto caught = catcher_.next()) {
        if (forward(*caught)) continue;
        ended_by_ = caught->number;
        wakeup_->request();
    }
}

/// Gives false when nobody is there to take it.
bool SignalForwarder::forward(const CaughtSignal &caught) {
    try {
        if (!caught.reached_child && child_.send_signal_tree(caught.number) > 0) return true;
    } catch (const Error &error) {
        complain(fmt::format("cannot forward {} to the child: {}", name_of(caught), describe(error.code())));
    }
    return !child_.poll();
}

} // namespace backchat::cli
