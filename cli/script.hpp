#pragma once

#include "complaint.hpp"
#include "regular_expression.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat::cli {

/// What a step does.
enum class Verb {
    send, // the text, with a newline when the script said so
    expect,
    expect_regex,
    expect_err,
    quiet,
    timeout,
    close,
    expect_exit,
};

struct Step {
    Verb verb;
    std::size_t line = 0;                     // in the script, from 1
    std::string source{};                     // as it stands there
    std::string text{};                       // send, expect, expect_err: with the escapes resolved
    std::optional<RegularExpression> regex{}; // expect_regex
    std::chrono::nanoseconds duration{};      // quiet, timeout
    int code = 0;                             // expect_exit
};

/// A script that cannot be played. what() begins with NAME:LINE:COLUMN.
class ScriptError : public UsageError {
public:
    using UsageError::UsageError;
};

/// Reads a script: one step a line; empty lines and those that begin with # are passed over.
///
/// A text begins after one blank behind the verb and reaches to the end of the line, less the blanks there.
/// Also refuses what could not be fulfilled: to send after `close`, or to be quiet for longer than the timeout, which
/// is `timeout` until a step sets it.
/// `name` stands for the script in errors. Throws ScriptError.
std::vector<Step> parse_script(std::string_view name, std::string_view script, std::chrono::nanoseconds timeout);

} // namespace backchat::cli
