#include "cli/platform/standard_input.hpp"

#include "cli/platform/standard_streams.hpp"
#include "cli/platform/unix/descriptor.hpp"

#include <array>
#include <cerrno>
#include <cstddef>

#include <poll.h>
#include <unistd.h>

namespace backchat::cli {

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10;

} // namespace

class StandardInput::Impl {
public:
    std::string read(std::error_code &error) {
        std::string bytes(read_size, '\0');
        while (wait()) {
            const ssize_t size = ::read(input_, bytes.data(), bytes.size());
            if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (size < 0) error = {errno, std::system_category()};
            bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
            return bytes;
        }
        return {};
    }

    void stop() { stop_.write_end = UniqueHandle(); }

private:
    /// Gives false when we are to stop.
    bool wait() const {
        std::array<pollfd, 2> wanted{pollfd{input_, POLLIN, 0}, pollfd{descriptor(stop_.read_end.get()), POLLIN, 0}};
        while (poll(wanted.data(), wanted.size(), -1) < 0 && errno == EINTR) {
        }
        return wanted[1].revents == 0;
    }

    int input_ = descriptor(standard_handle(Stream::in));
    DescriptorPair stop_ = make_pipe(); // readable at its end
};

StandardInput::StandardInput() : impl_(std::make_shared<Impl>()) {}
StandardInput::~StandardInput() = default;
std::string StandardInput::read(std::error_code &error) { return impl_->read(error); }
void StandardInput::stop() { impl_->stop(); }

} // namespace backchat::cli
