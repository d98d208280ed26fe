#include "platform/holders.hpp"

#include "platform/windows/pipe_impl.hpp"

namespace backchat::platform {

Holders holders_of(std::span<const ReadEnd *const> ends, Clock::time_point) {
    // Windows tells nobody who has a pipe open, short of asking each handle of each process what it is, and that
    // question can itself wait for ever, on a pipe that its process reads from.
    return {{}, ends.empty()};
}

} // namespace backchat::platform
