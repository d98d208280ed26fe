#pragma once

#include "platform/poller.hpp"

#include <span>

#include <poll.h>

namespace backchat::platform {

// What wait_for() asks of each Unix.

/// Asks poll(2)'s questions until one is answered or the deadline has come. Gives false when there are more questions
/// than the system takes.
/// On error: throws std::system_error.
bool poll_until(std::span<pollfd> questions, Clock::time_point deadline);

// What becomes readable with the news; -1 where there is nothing of the kind.
int descriptor_of(const Process &process);
int descriptor_of(const Member &member);
int descriptor_of(const Wakeup &wakeup);

bool has_ended(Member &member);

} // namespace backchat::platform
