#include "base/signal_number.hpp"
#include "core/driver.hpp"
#include "platform/spawn.hpp"

#include <backchat/popen.hpp>

#include <utility>

namespace backchat {

class Popen::Impl {
public:
    Impl(std::vector<std::string> arguments, const Options &options)
        : argv(std::move(arguments)), on_destroy(options.on_destroy), driver(argv, options) {}

    const std::vector<std::string> argv;
    const OnDestroy on_destroy;
    core::Driver driver;
};

Popen::Popen(std::vector<std::string> argv, const Options &options)
    : impl_(std::make_unique<Impl>(std::move(argv), options)) {}

Popen::~Popen() {
    if (impl_) impl_->driver.finish(impl_->on_destroy);
}

Popen::Popen(Popen &&) noexcept = default;

Popen &Popen::operator=(Popen &&other) noexcept {
    Popen(std::move(other)).impl_.swap(impl_); // what was ours before ends with the temporary
    return *this;
}

Transferred Popen::send(std::string_view data) { return impl_->driver.send(std::as_bytes(std::span(data))); }

Transferred Popen::send(std::span<const std::byte> data) { return impl_->driver.send(data); }

Received Popen::recv(std::size_t max_bytes) { return recv_from(Stream::out, max_bytes); }

Received Popen::recv_err(std::size_t max_bytes) { return recv_from(Stream::err, max_bytes); }

Received Popen::recv_from(Stream stream, std::size_t max_bytes) { return impl_->driver.recv(stream, max_bytes); }

Transferred Popen::recv_into(Stream stream, std::span<std::byte> buffer) {
    return impl_->driver.recv_into(stream, buffer);
}

Received Popen::asyncread(const Deadline &until, Stream stream) { return impl_->driver.asyncread(until, stream); }

Transferred Popen::asyncwrite(std::string_view data, const Deadline &until) {
    return impl_->driver.asyncwrite(data, until);
}

Output Popen::wait_output(const Deadline &until) { return impl_->driver.wait_output(until); }

Output Popen::wait_output(Stream stream, const Deadline &until) { return impl_->driver.wait_output(until, stream); }

Found Popen::recv_until(const Conditions &conditions, const Deadline &until) {
    return recv_until(conditions, until, Outputs::out);
}

Found Popen::recv_until(const Conditions &conditions, const Deadline &until, Outputs outputs) {
    return impl_->driver.recv_until(conditions, until, outputs);
}

void Popen::unread(std::string_view data, Stream stream) { impl_->driver.unread(data, stream); }

Completed Popen::communicate(std::string_view input, const Deadline &until) {
    const Clock::time_point began = Clock::now();
    Completed result = impl_->driver.communicate(input, until);
    result.wall = Clock::now() - began;
    return result;
}

Completed Popen::communicate(const Deadline &until) { return communicate({}, until); }

Completed Popen::take_rest() { return impl_->driver.take_rest(); }

void Popen::close_stdin() { impl_->driver.close_stdin(); }

void Popen::close_output(Stream stream) { impl_->driver.close_output(stream); }

std::optional<ExitStatus> Popen::poll() { return impl_->driver.poll(); }

Waited Popen::wait(const Deadline &until) { return impl_->driver.wait(until); }

bool Popen::send_signal(int number) { return impl_->driver.send_signal(number); }

bool Popen::terminate() { return send_signal(base::signal_terminate); }

bool Popen::kill() { return send_signal(base::signal_kill); }

std::size_t Popen::send_signal_tree(int number) { return impl_->driver.send_signal_tree(number); }

TreeReport Popen::kill_tree(std::chrono::nanoseconds bound) {
    return impl_->driver.stop({{StopAction::kill_tree, bound}}).tree;
}

Stopped Popen::stop(std::chrono::nanoseconds grace) { return stop(polite_stop(grace)); }

Stopped Popen::stop(const StopSequence &sequence) { return impl_->driver.stop(sequence); }

Pid Popen::pid() const noexcept { return impl_->driver.pid(); }

const std::vector<std::string> &Popen::argv() const noexcept { return impl_->argv; }

std::optional<int> Popen::returncode() const {
    const auto status = impl_->driver.status();
    return status ? std::optional(status->returncode()) : std::nullopt;
}

Usage Popen::usage() const { return impl_->driver.usage(); }

Eof Popen::eof(Stream stream) const { return impl_->driver.eof(stream); }

Holders Popen::holders() const { return impl_->driver.holders(); }

std::vector<std::string> shell(std::string command) { return platform::shell_argv(std::move(command)); }

} // namespace backchat
