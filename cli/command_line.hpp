#pragma once

#include <CLI/CLI.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace backchat::cli {

using Arguments = std::vector<std::string>;

/// Gives a parser its help, with `usage` at the beginning and `footer` at the end, and has it stop at the command.
void set_up(CLI::App &app, const std::string &usage, const std::string &footer);

enum class Zero : bool { refused, allowed };

/// Adds a flag that takes a duration. When given, its value is in `value`; a bad one throws UsageError.
CLI::Option *add_duration(CLI::App &app, const std::string &flag, std::optional<std::chrono::nanoseconds> &value,
                          Zero zero, const std::string &description);

/// Adds a flag that takes a text; given twice, the last one counts.
CLI::Option *add_text(CLI::App &app, const std::string &flag, std::optional<std::string> &value,
                      const std::string &type_name, const std::string &description);

/// Gives the duration that the value of `flag` means. Throws UsageError that names both.
std::chrono::nanoseconds duration_value(const std::string &flag, const std::string &text, Zero zero);

/// Sets the options of `app` from what stands before the command, and gives the command with its arguments, which are
/// left as they are. The command begins after "--", or with the first argument that is no option.
///
/// Gives nothing when help was asked for; it is printed then.
/// Throws UsageError.
std::optional<Arguments> parse_command_line(CLI::App &app, const Arguments &arguments);

} // namespace backchat::cli
