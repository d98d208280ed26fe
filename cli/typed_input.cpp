#include "typed_input.hpp"

#include "cli/platform/wording.hpp"
#include "complaint.hpp"

#include <fmt/format.h>

#include <system_error>

namespace backchat::cli {

TypedInput::TypedInput(TalkSession &session) : session_(session) {
    thread_ = std::thread([this] { work(); });
}

TypedInput::~TypedInput() {
    input_.stop();
    stop_sending_.request_stop();
    output_taken_.request();
    thread_.join();
}

void TypedInput::work() {
    std::error_code error;
    for (std::string bytes; !(bytes = input_.read(error)).empty();)
        if (!send(bytes)) break;
    if (error) complain(fmt::format("cannot read our stdin: {}", describe(error)));
    session_.close_input();
    ended_ = true;
    session_.wakeup().request();
}

/// Gives false when the child takes no more.
bool TypedInput::send(std::string_view rest) {
    session_.announce(rest);
    for (;;) {
        const std::stop_token taken = output_taken_.renew();
        const Transferred sent = session_.send(rest, Deadline(forever, stop_sending_.get_token()));
        if (sent.reason != Reason::limit) return sent.reason == Reason::data;
        rest.remove_prefix(sent.bytes);
        if (stop_sending_.stop_requested()) return false;
        wait_for_stop(taken, Clock::time_point::max());
    }
}

} // namespace backchat::cli
