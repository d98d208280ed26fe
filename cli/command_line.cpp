#include "command_line.hpp"

#include "complaint.hpp"
#include "duration.hpp"
#include "print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace backchat::cli {

namespace {

constexpr const char *separator = "--";

class HelpFormatter : public CLI::Formatter {
public:
    explicit HelpFormatter(std::string usage) : usage_(std::move(usage)) {}

    std::string make_usage(const CLI::App *, std::string) const override { return "Usage: " + usage_ + "\n"; }
    std::string make_option_opts(const CLI::Option *option) const override {
        return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
    }

private:
    std::string usage_;
};

UsageError see_help(const CLI::App &app, std::string_view message) {
    return UsageError(fmt::format("{}; see '{} --help'", message, app.get_name()));
}

/// Gives false when help was asked for.
bool parse_options(CLI::App &app, Arguments options) {
    std::reverse(options.begin(), options.end()); // the order that CLI11 takes them in
    try {
        app.parse(options);
        return true;
    } catch (const CLI::CallForHelp &) {
        print(app.help());
        return false;
    } catch (const CLI::ArgumentMismatch &error) {
        const std::string message = error.what(); // "FLAG: …"
        throw see_help(app, message.substr(0, message.find(':')) + " needs a value");
    } catch (const CLI::ParseError &error) {
        throw see_help(app, error.what());
    }
}

} // namespace

void set_up(CLI::App &app, const std::string &usage, const std::string &footer) {
    auto formatter = std::make_shared<HelpFormatter>(usage);
    formatter->column_width(24);
    app.formatter(formatter);
    app.footer(footer);
    app.prefix_command();
    app.set_help_flag("-h,--help", "Print this help");
}

std::chrono::nanoseconds duration_value(const std::string &flag, const std::string &text, Zero zero) {
    try {
        const auto duration = parse_duration(text);
        if (duration == std::chrono::nanoseconds::zero() && zero == Zero::refused)
            throw InvalidDuration("it must be more than zero; leave the flag out for the default");
        return duration;
    } catch (const InvalidDuration &error) {
        throw UsageError(fmt::format("{} {}: {}", flag, in_quotes(text), error.what()));
    }
}

CLI::Option *add_duration(CLI::App &app, const std::string &flag, std::optional<std::chrono::nanoseconds> &value,
                          Zero zero, const std::string &description) {
    const auto set = [&value, flag, zero](const std::string &text) { value = duration_value(flag, text, zero); };
    return app.add_option_function<std::string>(flag, set, description)->type_name("DURATION")->take_last();
}

CLI::Option *add_text(CLI::App &app, const std::string &flag, std::optional<std::string> &value,
                      const std::string &type_name, const std::string &description) {
    const auto set = [&value](const std::string &text) { value = text; };
    return app.add_option_function<std::string>(flag, set, description)->type_name(type_name)->take_last();
}

std::optional<Arguments> parse_command_line(CLI::App &app, const Arguments &arguments) {
    const auto split = std::find(arguments.begin(), arguments.end(), separator);
    if (!parse_options(app, Arguments(arguments.begin(), split))) return std::nullopt;

    // What the parser did not know: an unknown option, or a command that was not set apart. If that command has a "--"
    // of its own, it is the one that we split at.
    Arguments command = app.remaining();
    if (!command.empty() && command.front().size() > 1 && command.front().front() == '-')
        throw see_help(app, fmt::format("unknown option {}", in_quotes(command.front())));
    command.insert(command.end(), !command.empty() || split == arguments.end() ? split : std::next(split),
                   arguments.end());
    if (command.empty()) throw see_help(app, "no command is given; write it after the options and --");
    return command;
}

} // namespace backchat::cli
