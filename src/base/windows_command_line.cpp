#include "base/windows_command_line.hpp"

#include "base/utf16.hpp"

#include <algorithm>

namespace backchat::base {
namespace {

// How the text is taken apart (Microsoft's "Parsing C command-line arguments"):
//
//   argv[0]   a quote starts or ends a stretch in which blanks do not end the argument; a backslash is a backslash
//   argv[1]…  outside of quotes, blanks and tabs end an argument
//             2n backslashes and a quote:     n backslashes, and the quote starts or ends a quoted stretch
//             2n + 1 backslashes and a quote: n backslashes and a quote
//             backslashes before anything else are backslashes
//   "" in a quoted stretch is a quote, after which the stretch goes on (C runtimes since 2008) or ends (before, and
//   CommandLineToArgvW): it is never written here.

/// Blanks end an argument. The rest does so for some programs only, or makes them put names of files in its place:
/// runtimes that expand wildcards leave alone what is in quotes, and Cygwin's takes apostrophes for quotes.
bool asks_for_quotes(char16_t unit) {
    return unit <= u' ' || unit == u'"' || unit == u'*' || unit == u'?' || unit == u'\'';
}

CommandLine refused(ArgumentFault fault) { return {{}, std::move(fault)}; }

} // namespace

void append_argument(std::u16string &to, std::u16string_view argument) {
    if (!argument.empty() && std::none_of(argument.begin(), argument.end(), asks_for_quotes)) {
        to += argument;
        return;
    }
    to += u'"';
    std::size_t backslashes = 0; // directly before this place
    for (const char16_t unit : argument) {
        if (unit == u'"') to.append(backslashes + 1, u'\\');
        to += unit;
        backslashes = unit == u'\\' ? backslashes + 1 : 0;
    }
    to.append(backslashes, u'\\');
    to += u'"';
}

std::string argument_name(std::size_t index) { return "argument " + std::to_string(index); }

ArgumentFault encoding_fault(std::size_t index, const std::string &name, std::size_t at) {
    return {Stage::arguments, std::errc::illegal_byte_sequence, index,
            name + " is no UTF-8 from byte " + std::to_string(at) + " on"};
}

CommandLine windows_command_line(const std::vector<std::string> &argv) {
    CommandLine line;
    for (std::size_t i = 0; i < argv.size(); ++i) {
        const auto argument = to_utf16(argv[i]);
        if (!argument) return refused(encoding_fault(i, argument_name(i), utf8_fault(argv[i]).value()));
        if (i == 0) {
            if (argument->find(u'"') != std::u16string::npos)
                return refused({Stage::arguments, std::errc::invalid_argument, i,
                                argument_name(i) + " has a quote in it, which no Windows program could read"});
            line.text = u'"' + *argument + u'"';
        } else {
            line.text += u' ';
            append_argument(line.text, *argument);
        }
        if (line.text.size() >= max_command_line)
            return refused({Stage::exec, std::errc::argument_list_too_long, i,
                            "with " + argument_name(i) + " the command line is longer than the " +
                                std::to_string(max_command_line - 1) + " UTF-16 units that Windows takes"});
    }
    return line;
}

} // namespace backchat::base
