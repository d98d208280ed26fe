#pragma once

#include <backchat/error.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace backchat::cli {

/// What the user asked for makes no sense. what() names the flag, the value and the cure.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Writes "backchat: MESSAGE" to stderr, in one piece.
void complain(std::string_view message);

/// Gives the sentence for a child that could not be spawned: what was wrong with which flag or program, and the cure.
/// `cwd` and `input_path` are the values of --cwd and --stdin, or empty.
std::string describe(const SpawnError &error, std::string_view cwd = {}, std::string_view input_path = {});

/// Gives "'TEXT'", for use in a message.
std::string in_quotes(std::string_view text);

} // namespace backchat::cli
