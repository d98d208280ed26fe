#include "complaint.hpp"

#include "cli/platform/handle_writer.hpp"
#include "cli/platform/standard_streams.hpp"
#include "cli/platform/wording.hpp"

#include <fmt/format.h>

namespace backchat::cli {

void complain(std::string_view message) {
    const std::string line = fmt::format("backchat: {}\n", message);
    // Where stderr itself is broken there is nowhere left to say so; the exit code still tells.
    (void)HandleWriter(standard_handle(Stream::err)).write_all(line);
}

std::string describe(const SpawnError &error, std::string_view cwd, std::string_view input_path) {
    const std::string reason = describe(error.code());
    switch (error.stage()) {
    case Stage::exec: return describe_exec(error);
    case Stage::arguments:
        if (error.program().empty()) return "the command's name is empty; write a program's name or path after --";
        return fmt::format("cannot run {}", error.what()); // which says what is wrong with which argument
    case Stage::working_directory:
        return fmt::format("--cwd {}: {}; name a directory that exists and may be entered", in_quotes(cwd), reason);
    case Stage::open:
        if (!input_path.empty())
            return fmt::format("--stdin {}: {}; name a file that can be read, - for ours or null for nothing",
                               in_quotes(input_path), reason);
        break;
    case Stage::environment: return fmt::format("--env: {}; write NAME=VALUE with a name that is not empty", reason);
    default: break;
    }
    return fmt::format("cannot spawn {}: {}: {}", in_quotes(error.program()), to_string(error.stage()), reason);
}

std::string in_quotes(std::string_view text) { return fmt::format("'{}'", text); }

} // namespace backchat::cli
