#include "complaint.hpp"

#include "descriptor.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace backchat::cli {

namespace {

std::string describe_exec(const SpawnError &error) {
    const std::string &program = error.program();
    const bool is_path = program.find('/') != std::string::npos;
    if (error.code() == std::errc::no_such_file_or_directory) {
        return is_path ? fmt::format("cannot run {}: {}; check the path, and the interpreter that a script names in "
                                     "its first line",
                                     in_quotes(program), error.code().message())
                       : fmt::format("cannot run {}: not found in the directories of PATH; give a path such as ./{}, "
                                     "or set PATH",
                                     in_quotes(program), program);
    }
    if (error.code() == std::errc::permission_denied)
        return fmt::format("cannot run {}: {}; is it a file, and executable (chmod +x)?", in_quotes(program),
                           error.code().message());
    if (error.code() == std::errc::executable_format_error)
        return fmt::format("cannot run {}: {}; a script needs a first line such as #!/bin/sh", in_quotes(program),
                           error.code().message());
    return fmt::format("cannot run {}: {}", in_quotes(program), error.code().message());
}

} // namespace

void complain(std::string_view message) {
    const std::string line = fmt::format("backchat: {}\n", message);
    // Where stderr itself is broken there is nowhere left to say so; the exit code still tells.
    (void)write_all(STDERR_FILENO, line);
}

std::string describe(const SpawnError &error, std::string_view cwd, std::string_view input_path) {
    const std::string reason = error.code().message();
    switch (error.stage()) {
    case Stage::exec: return describe_exec(error);
    case Stage::arguments: return "the command's name is empty; write a program's name or path after --";
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
