#include "script.hpp"

#include "cli/platform/wording.hpp"
#include "duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace backchat::cli {

namespace {

constexpr std::string_view blanks = " \t\r";

enum class Argument { none, text, pattern, duration, code };

struct Grammar {
    std::string_view word;
    Verb verb;
    Argument argument;
    std::string_view appended = ""; // to the text
    bool may_be_empty = false;
};

constexpr std::array grammar = {
    Grammar{"send", Verb::send, Argument::text, "\n", true},
    Grammar{"send-raw", Verb::send, Argument::text},
    Grammar{"expect", Verb::expect, Argument::text},
    Grammar{"expect-regex", Verb::expect_regex, Argument::pattern},
    Grammar{"expect-err", Verb::expect_err, Argument::text},
    Grammar{"quiet", Verb::quiet, Argument::duration},
    Grammar{"timeout", Verb::timeout, Argument::duration},
    Grammar{"close", Verb::close, Argument::none},
    Grammar{"expect-exit", Verb::expect_exit, Argument::code},
};

std::string all_verbs() {
    std::string list;
    for (const Grammar &rule : grammar) list.append(list.empty() ? "" : ", ").append(rule.word);
    return list;
}

std::string_view without_blanks_at_end(std::string_view text) {
    const std::size_t last = text.find_last_not_of(blanks);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// One line of a script. Places in it are told by where a view into it begins.
class Line {
public:
    Line(std::string_view script_name, std::size_t number, std::string_view text)
        : name_(script_name), number_(number), begin_(text.data()), text_(without_blanks_at_end(text)) {
        text_.remove_prefix(std::min(text_.find_first_not_of(blanks), text_.size()));
    }

    bool has_step() const { return !text_.empty() && text_.front() != '#'; }
    Step parse() const;
    [[noreturn]] void fail(const char *at, std::string_view message) const {
        throw ScriptError(fmt::format("{}:{}:{}: {}", name_, number_, at - begin_ + 1, message));
    }
    [[noreturn]] void fail(std::string_view message) const { fail(text_.data(), message); }

private:
    const Grammar &find_rule(std::string_view word) const;
    void parse_argument(Step &step, const Grammar &rule, std::string_view argument) const;
    std::string resolve_escapes(std::string_view text) const;
    std::size_t resolve_escape(std::string_view escape, std::string &result) const;
    RegularExpression compile(std::string_view pattern) const;
    std::chrono::nanoseconds duration(std::string_view text) const;
    int exit_code(std::string_view text) const;

    std::string_view name_;
    std::size_t number_;
    const char *begin_;
    std::string_view text_;
};

Step Line::parse() const {
    const std::size_t word_end = std::min(text_.find_first_of(blanks), text_.size());
    const Grammar &rule = find_rule(text_.substr(0, word_end));
    Step step{rule.verb, number_, std::string(text_)};
    const std::string_view argument = text_.substr(std::min(word_end + 1, text_.size()));
    if (argument.empty() && rule.argument != Argument::none && !rule.may_be_empty)
        fail(text_.data() + text_.size(), fmt::format("nothing follows {}", rule.word));
    parse_argument(step, rule, argument);
    return step;
}

const Grammar &Line::find_rule(std::string_view word) const {
    const auto *found =
        std::find_if(grammar.begin(), grammar.end(), [&](const Grammar &rule) { return rule.word == word; });
    if (found == grammar.end()) fail(fmt::format("unknown step {}; the steps are {}", in_quotes(word), all_verbs()));
    return *found;
}

void Line::parse_argument(Step &step, const Grammar &rule, std::string_view argument) const {
    switch (rule.argument) {
    case Argument::none:
        if (!argument.empty())
            fail(argument.data(), fmt::format("{} takes nothing; remove {}", rule.word, in_quotes(argument)));
        break;
    case Argument::text: step.text = resolve_escapes(argument).append(rule.appended); break;
    case Argument::pattern: step.regex = compile(argument); break;
    case Argument::duration: step.duration = duration(argument); break;
    case Argument::code: step.code = exit_code(argument); break;
    }
}

std::string Line::resolve_escapes(std::string_view text) const {
    std::string result;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('\\'), text.size());
        result.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (!text.empty()) text.remove_prefix(resolve_escape(text, result));
    }
    return result;
}

/// `escape` begins with a backslash. Gives how long the escape is.
std::size_t Line::resolve_escape(std::string_view escape, std::string &result) const {
    constexpr std::string_view letters = "ntr\\";
    constexpr std::string_view meanings = "\n\t\r\\";
    const std::string_view letter = escape.substr(1, 1);
    if (letter.empty()) fail(escape.data(), "a backslash at the end; write \\\\ for a backslash, \\x20 for a blank");
    if (const std::size_t index = letters.find(letter); index != std::string_view::npos) {
        result += meanings[index];
        return 2;
    }
    const std::string_view digits = escape.substr(std::min<std::size_t>(2, escape.size()), 2);
    unsigned char byte = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (letter != "x" || parsed.ptr != digits.data() + 2)
        fail(escape.data(), fmt::format("unknown escape {}; the escapes are \\n \\t \\r \\\\ and \\x with two "
                                        "hexadecimal digits",
                                        in_quotes(escape.substr(0, letter == "x" ? 4 : 2))));
    result += static_cast<char>(byte);
    return 4;
}

RegularExpression Line::compile(std::string_view pattern) const {
    try {
        return RegularExpression(pattern);
    } catch (const InvalidRegularExpression &error) {
        fail(pattern.data(), error.what());
    }
}

std::chrono::nanoseconds Line::duration(std::string_view text) const {
    try {
        const auto result = parse_duration(text);
        if (result == std::chrono::nanoseconds::zero()) throw InvalidDuration("it must be more than zero");
        return result;
    } catch (const InvalidDuration &error) {
        fail(text.data(), fmt::format("{}: {}", in_quotes(text), error.what()));
    }
}

int Line::exit_code(std::string_view text) const {
    const ExitCodes possible = exit_codes();
    std::int64_t code = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), code);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || code < possible.least ||
        code > possible.greatest)
        fail(text.data(), fmt::format("{} is no exit code; write a number from {} to {}", in_quotes(text),
                                      possible.least, possible.greatest));
    return static_cast<int>(code); // which may be negative for what the system counts from 0
}

/// What the steps so far mean for those that follow.
class Course {
public:
    explicit Course(std::chrono::nanoseconds timeout) : timeout_(timeout) {}

    void check(const Line &line, const Step &step) {
        switch (step.verb) {
        case Verb::timeout: timeout_ = step.duration; break;
        case Verb::close: closed_in_ = step.line; break;
        case Verb::send:
            if (closed_in_ != 0) line.fail(fmt::format("nothing can be sent after 'close' in line {}", closed_in_));
            break;
        case Verb::quiet:
            if (step.duration >= timeout_)
                line.fail(fmt::format("this cannot be fulfilled within the timeout of {}; put a longer 'timeout' "
                                      "before it",
                                      format_duration(timeout_)));
            break;
        case Verb::expect:
        case Verb::expect_regex:
        case Verb::expect_err:
        case Verb::expect_exit: break;
        }
    }

private:
    std::chrono::nanoseconds timeout_;
    std::size_t closed_in_ = 0; // the line of `close`; 0: not yet
};

} // namespace

std::vector<Step> parse_script(std::string_view name, std::string_view script, std::chrono::nanoseconds timeout) {
    std::vector<Step> steps;
    Course course(timeout);
    for (std::size_t number = 1; !script.empty(); ++number) {
        const std::size_t length = std::min(script.find('\n'), script.size());
        const Line line(name, number, script.substr(0, length));
        script.remove_prefix(std::min(length + 1, script.size()));
        if (!line.has_step()) continue;
        steps.push_back(line.parse());
        course.check(line, steps.back());
    }
    return steps;
}

} // namespace backchat::cli
