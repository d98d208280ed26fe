#include "signal_forwarder.hpp"

#include "complaint.hpp"

#include <fmt/format.h>

#include <cstring>
#include <utility>

namespace backchat::cli {

SignalForwarder::SignalForwarder(SignalCatcher &catcher, Popen &child, std::shared_ptr<Wakeup> wakeup)
    : catcher_(catcher), child_(child), wakeup_(std::move(wakeup)) {
    catcher_.child_exists();
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
        complain(
            fmt::format("cannot forward SIG{} to the child: {}", sigabbrev_np(caught.number), error.code().message()));
    }
    return !child_.poll();
}

} // namespace backchat::cli
