#pragma once

#include <backchat/deadline.hpp>
#include <backchat/options.hpp>
#include <backchat/result.hpp>
#include <backchat/stop.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat {

/// How run() treats the child, beside how it is spawned.
struct RunOptions {
    std::string_view input{};                                 // for the child's stdin, which is then closed
    std::optional<std::chrono::nanoseconds> timeout{};        // for the child; empty: none
    std::chrono::nanoseconds grace = std::chrono::seconds(2); // for the stop when the timeout has passed
#ifdef __cpp_lib_jthread
    std::stop_token cancel{}; // stops as a timeout does, at once
#endif
    Options spawn{};
};

/// Runs a program to its end: input, both outputs, status, reason and usage in one call.
///
///     auto r = backchat::run({"make", "-j4"}, {.timeout = 60s});
///     if (!r.success()) std::cerr << r.err;
///
/// Comes back by the exit and end-of-file contract, or with the tree stopped by late_stop(grace): within
/// `timeout + grace`, whatever the tree does (of a grace below 400 ms, see there). What had arrived until then is in
/// the result, which says timeout or cancelled.
/// With no input, the child's stdin is at its end from the start.
/// On error: throws SpawnError; NotAPipe when there is input and stdin is not a pipe; Error when the system refuses to
///           wait. A child that fails is no error: look at the status.
Completed run(std::vector<std::string> argv, const RunOptions &options = {});

} // namespace backchat
