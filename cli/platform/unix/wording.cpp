#include "cli/platform/wording.hpp"

#include "cli/complaint.hpp"

#include <fmt/format.h>

namespace backchat::cli {

std::string describe(const std::error_code &error) { return error.message(); }

std::string describe_exec(const SpawnError &error) {
    const std::string program = in_quotes(error.program());
    const std::string reason = describe(error.code());
    const bool is_path = error.program().find('/') != std::string::npos;
    if (error.code() == std::errc::no_such_file_or_directory) {
        return is_path ? fmt::format("cannot run {}: {}; check the path, and the interpreter that a script names in "
                                     "its first line",
                                     program, reason)
                       : fmt::format("cannot run {}: not found in the directories of PATH; give a path such as ./{}, "
                                     "or set PATH",
                                     program, error.program());
    }
    if (error.code() == std::errc::permission_denied)
        return fmt::format("cannot run {}: {}; is it a file, and executable (chmod +x)?", program, reason);
    if (error.code() == std::errc::executable_format_error)
        return fmt::format("cannot run {}: {}; a script needs a first line such as #!/bin/sh", program, reason);
    return fmt::format("cannot run {}: {}", program, reason);
}

std::string_view keys_for_end_of_input() { return "Ctrl-D"; }

std::string_view example_for_clear_env() { return "--env PATH=/usr/bin:/bin --env LANG=C -- env"; }

ExitCodes exit_codes() { return {0, 255}; }

} // namespace backchat::cli
