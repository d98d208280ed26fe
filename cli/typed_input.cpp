#include "typed_input.hpp"

#include "complaint.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10;

} // namespace

TypedInput::TypedInput(TalkSession &session) : session_(session), stop_reading_(make_pipe()) {
    thread_ = std::thread([this] { work(); });
}

TypedInput::~TypedInput() {
    stop_reading_.write_end = UniqueDescriptor();
    stop_sending_.request_stop();
    output_taken_.request();
    thread_.join();
}

void TypedInput::work() {
    std::string buffer(read_size, '\0');
    while (wait_for_input()) {
        const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size < 0) complain(fmt::format("cannot read our stdin: {}", std::system_category().message(errno)));
        if (size <= 0 || !send({buffer.data(), static_cast<std::size_t>(size)})) break;
    }
    session_.close_input();
    ended_ = true;
    session_.wakeup().request();
}

/// Gives false when we are to stop.
bool TypedInput::wait_for_input() const {
    std::array<pollfd, 2> wanted{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop_reading_.read_end.get(), POLLIN, 0}};
    while (poll(wanted.data(), wanted.size(), -1) < 0 && errno == EINTR) {
    }
    return wanted[1].revents == 0;
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
