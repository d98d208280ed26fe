#include "base/windows_batch.hpp"

#include "base/ascii.hpp"
#include "base/utf16.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace backchat::base {
namespace {

constexpr std::string_view separators = "\\/";
constexpr const char *script_name = "the batch file's name";

bool has_batch_ending(std::string_view name) {
    return ends_with_but_for_case(name, ".bat") || ends_with_but_for_case(name, ".cmd");
}

std::string_view without_trailing(std::string_view text, std::string_view characters) {
    return text.substr(0, text.find_last_not_of(characters) + 1); // npos + 1 is 0
}

/// Takes the last component off `path`.
std::string_view take_last_component(std::optional<std::string_view> &path) {
    const std::size_t separator = path->find_last_of(separators);
    if (separator == std::string_view::npos) return std::exchange(path, std::nullopt).value();
    const std::string_view component = path->substr(separator + 1);
    path = path->substr(0, separator);
    return component;
}

/// Gives the component that names the file once Windows has taken out what leads nowhere or back.
std::string_view file_name(std::string_view path) {
    std::optional<std::string_view> rest = path;
    std::size_t taken_back = 0; // components that a ".." behind them takes out
    while (rest) {
        const std::string_view component = take_last_component(rest);
        const std::string_view name = without_trailing(component, ". \"");
        if (!name.empty() && taken_back == 0) return name;
        if (!name.empty()) --taken_back;
        else if (without_trailing(component, " ") == "..") ++taken_back;
    }
    return {};
}

/// What is wrong with a character wherever it stands; empty: nothing.
std::string_view character_fault(char c) {
    switch (c) {
    case '"': return "has a quote in it, which ends the quotes around it for cmd.exe";
    case '%': return "has a '%' in it, where cmd.exe puts the value of a variable";
    case '\n': return "has a line feed in it, which ends the command for cmd.exe";
    case '\r': return "has a carriage return in it, which cmd.exe drops";
    case '\t': return {};
    default: break;
    }
    const bool is_control = static_cast<unsigned char>(c) < ' ';
    return is_control ? std::string_view("has a control character in it, of which cmd.exe may make anything")
                      : std::string_view();
}

/// Letters that mean nothing to cmd.exe and separate no arguments. None beyond ASCII: the no-break space separates.
bool is_plain(char16_t unit) {
    constexpr std::u16string_view signs = u"-_./\\:+@#$";
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9') ||
           signs.find(unit) != std::u16string_view::npos;
}

void append_for_cmd(std::u16string &to, std::u16string_view argument) {
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), is_plain)) {
        to += argument;
        return;
    }
    // cmd.exe takes backslashes for what they are. A C program that gets the argument from the script does not, where a
    // quote follows.
    const std::size_t last = argument.find_last_not_of(u'\\');
    const std::size_t backslashes = argument.size() - (last == std::u16string_view::npos ? 0 : last + 1);
    to += u'"';
    to += argument;
    to.append(backslashes, u'\\');
    to += u'"';
}

ArgumentFault refused(std::size_t index, const std::string &name, std::string_view what) {
    return {Stage::arguments, std::errc::invalid_argument, index, name + " " + std::string(what)};
}

std::optional<ArgumentFault> script_fault(std::string_view script) {
    const std::size_t separator = script.find_last_of(separators);
    if (separator == std::string_view::npos) return refused(0, script_name, "is without a directory");
    if (script.starts_with(R"(\\?\)") || script.starts_with(R"(\\.\)"))
        return refused(0, script_name, "is in a form that cmd.exe does not know");
    const std::string_view name = script.substr(separator + 1);
    if (name.find(':') != std::string_view::npos || !has_batch_ending(name))
        return refused(0, script_name, "is not plainly one of a batch file");
    return std::nullopt;
}

std::optional<ArgumentFault> text_fault(std::size_t index, const std::string &name, std::string_view text) {
    if (const auto at = utf8_fault(text)) return encoding_fault(index, name, *at);
    for (const char c : text) {
        const std::string_view wrong = character_fault(c);
        if (!wrong.empty()) return refused(index, name, wrong);
    }
    return std::nullopt;
}

std::optional<ArgumentFault> length_fault(std::size_t index, const std::string &name, std::size_t length) {
    if (length < max_cmd_line) return std::nullopt;
    return ArgumentFault{Stage::exec, std::errc::argument_list_too_long, index,
                         "with " + name + " the command line is longer than the " + std::to_string(max_cmd_line - 1) +
                             " UTF-16 units that cmd.exe takes"};
}

CommandLine nothing(std::optional<ArgumentFault> fault) { return {{}, std::move(fault)}; }

} // namespace

bool is_windows_batch_file(std::string_view path) {
    std::string_view name = file_name(path);
    for (;;) {
        const std::size_t colon = name.find_last_of(':');
        const std::string_view part = colon == std::string_view::npos ? name : name.substr(colon + 1);
        if (has_batch_ending(without_trailing(part, ". \""))) return true;
        if (colon == std::string_view::npos) return false;
        name = name.substr(0, colon);
    }
}

CommandLine windows_batch_command_line(std::string_view cmd_exe, std::string_view script,
                                       const std::vector<std::string> &argv) {
    script = without_trailing(script, ". ");
    if (auto fault = script_fault(script)) return nothing(std::move(fault));
    if (auto fault = text_fault(0, script_name, script)) return nothing(std::move(fault));
    if (auto fault = text_fault(0, "the name of cmd.exe", cmd_exe)) return nothing(std::move(fault));

    std::u16string file = to_utf16(script).value();
    std::replace(file.begin(), file.end(), u'/', u'\\'); // to cmd.exe, '/' starts an option
    constexpr std::u16string_view end = u"\"";
    CommandLine line;
    line.text = u'"' + to_utf16(cmd_exe).value() + u"\" /d /s /v:off /c \"\"" + file + u'"';
    if (auto fault = length_fault(0, script_name, line.text.size() + end.size())) return nothing(std::move(fault));
    for (std::size_t i = 1; i < argv.size(); ++i) {
        const std::string name = argument_name(i);
        if (auto fault = text_fault(i, name, argv[i])) return nothing(std::move(fault));
        line.text += u' ';
        append_for_cmd(line.text, to_utf16(argv[i]).value());
        if (auto fault = length_fault(i, name, line.text.size() + end.size())) return nothing(std::move(fault));
    }
    line.text += end;
    return line;
}

} // namespace backchat::base
