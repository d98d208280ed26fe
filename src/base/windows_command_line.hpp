#pragma once

#include <backchat/error.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace backchat::base {

/// A Windows program is given one text, which it takes apart itself. This is where argv becomes that text.

/// The longest text that CreateProcess takes, in UTF-16 units, with the NUL at its end. It is checked here: not
/// everything that calls itself Windows does.
inline constexpr std::size_t max_command_line = 32767;

/// Why an argument vector cannot be made a command line, as SpawnError says it.
struct ArgumentFault {
    Stage stage;        // arguments; exec for a text that is too long, which is the step that other systems name
    std::errc error;    // illegal_byte_sequence, invalid_argument or argument_list_too_long
    std::size_t index;  // of the argument in argv; that of the one with which it became too long
    std::string detail; // "argument 2 has a '%' in it, …"
};

struct CommandLine {
    std::u16string text; // for CreateProcess, to which a NUL at the end is due; empty when there is a fault
    std::optional<ArgumentFault> fault{};
};

/// Gives the text from which programs that follow the rules of Microsoft's C runtime, old or new, or those of
/// CommandLineToArgvW, make `argv` again.
///
/// argv[0] is subject to other rules: nothing in it can be escaped. One with a quote in it is refused.
/// Requires: argv is not empty, and no argument has a NUL in it, as core::check() makes sure.
CommandLine windows_command_line(const std::vector<std::string> &argv);

/// Appends `argument`, in quotes if it needs them, by the rules for what follows argv[0]. Where quotes or backslashes
/// mean something to the program, backslashes are added.
void append_argument(std::u16string &to, std::u16string_view argument);

/// Gives "argument 2", as faults name them.
std::string argument_name(std::size_t index);

/// Gives the fault for what is called `name` and is no UTF-8 from its byte `at` on.
ArgumentFault encoding_fault(std::size_t index, const std::string &name, std::size_t at);

} // namespace backchat::base
