#pragma once

#include <backchat/result.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace backchat::cli {

/// What became of a child whose outputs we passed on.
struct Outcome {
    Reason reason = Reason::exited;   // exited, timeout, or cancelled by a signal that was meant for us
    std::optional<ExitStatus> status; // empty when it did not even obey the kill
    Eof eof_out = Eof::not_a_pipe;
    Eof eof_err = Eof::not_a_pipe;
    Holders holders;                        // who kept a stream open, when one was cut
    std::optional<std::uint64_t> bytes_out; // empty where the child had the descriptor itself
    std::optional<std::uint64_t> bytes_err;
    Usage usage;
    std::optional<TreeReport> tree; // when it had to be stopped
    std::chrono::nanoseconds wall{};
    bool delivered = true; // our readers took everything that they wanted
};

} // namespace backchat::cli
