#include "platform/windows/exit_watch.hpp"

#include "platform/windows/kernel32.hpp"

namespace backchat::platform {

ExitWatch::ExitWatch(HANDLE process, std::shared_ptr<CompletionPort> port) : port_(std::move(port)) {
    if (kernel32().RegisterWaitForSingleObject(&wait_, process, on_exit, this, INFINITE,
                                               WT_EXECUTEONLYONCE | WT_EXECUTEINWAITTHREAD) == FALSE)
        throw last_error();
}

ExitWatch::~ExitWatch() {
    // Comes back when the callback is not running and never will: it does no more than post.
    ::UnregisterWaitEx(wait_, INVALID_HANDLE_VALUE);
}

void CALLBACK ExitWatch::on_exit(void *watch, BOOLEAN) { static_cast<ExitWatch *>(watch)->port_->post(); }

} // namespace backchat::platform
