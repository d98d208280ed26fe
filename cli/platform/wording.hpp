#pragma once

#include <backchat/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace backchat::cli {

/// Gives the system's own words for an error, as UTF-8 and without a full stop.
std::string describe(const std::error_code &error);

/// Gives the sentence for a program that cannot be executed: why, and the cure.
std::string describe_exec(const SpawnError &error);

/// Gives what to type at the beginning of a line for the end of the input.
std::string_view keys_for_end_of_input();

/// Gives the options and the command of an example for --clear-env.
std::string_view example_for_clear_env();

/// The exit codes that a process can have here.
struct ExitCodes {
    std::int64_t least;
    std::int64_t greatest;
};
ExitCodes exit_codes();

} // namespace backchat::cli
