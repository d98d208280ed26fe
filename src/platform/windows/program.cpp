#include "platform/windows/program.hpp"

#include "base/windows_batch.hpp"
#include "base/windows_command_line.hpp"
#include "base/windows_search_path.hpp"
#include "platform/windows/handle.hpp"
#include "platform/windows/text.hpp"

#include <backchat/error.hpp>

#include <system_error>

namespace backchat::platform {
namespace {

SpawnError no_program(std::errc error, const std::string &name) {
    return {Stage::exec, std::make_error_code(error), name};
}

/// What one of Windows' functions says that fill a buffer and give the length, or what they would need.
template <class Function>
std::wstring filled(Function function) {
    std::wstring text(MAX_PATH, L'\0');
    for (;;) {
        const DWORD length = function(text.data(), static_cast<DWORD>(text.size()));
        if (length == 0) throw last_error();
        const bool fits = length < text.size();
        text.resize(length);
        if (fits) return text;
    }
}

/// The first of the paths that is a file. That there was a directory of that name is the better message in the end.
std::wstring first_file(const std::vector<std::string> &candidates, const std::string &name) {
    std::errc error = std::errc::no_such_file_or_directory;
    for (const std::string &each : candidates) {
        std::wstring path = to_wide(each);
        const DWORD attributes = ::GetFileAttributesW(path.c_str());
        if (attributes == INVALID_FILE_ATTRIBUTES) continue;
        if ((attributes & FILE_ATTRIBUTE_DIRECTORY) == 0) return path;
        error = std::errc::permission_denied;
    }
    throw no_program(error, name);
}

/// A path in the form in which a relative one counts from where the child starts.
std::string from_working_directory(const std::string &name, const Options &options) {
    if (name.find_first_of("\\/") == std::string::npos) return name; // it is searched for
    const bool absolute = name.size() > 1 && (name[1] == ':' || name.starts_with("\\\\") || name.starts_with("//"));
    if (!options.cwd || absolute) return to_utf8(full_path(to_wide(name)));
    return to_utf8(full_path(full_path(to_wide(*options.cwd)) + L'\\' + to_wide(name)));
}

std::wstring as_wide(const std::u16string &text) { return {text.begin(), text.end()}; }

/// `cmd /d /s /c COMMAND`, as shell() makes it: cmd.exe reads what follows by rules of its own, and with /s takes no
/// more than one quote off each end.
bool is_shell(const std::vector<std::string> &argv) {
    return argv.size() == 5 && argv[0] == command_interpreter() && argv[1] == "/d" && argv[2] == "/s" &&
           argv[3] == "/c";
}

} // namespace

Program find_program(const std::vector<std::string> &argv, const Options &options, const std::string &path) {
    const std::string &name = options.executable ? *options.executable : argv.front();
    Program program{first_file(base::windows_search_path(from_working_directory(name, options), path), name), {}};
    if (is_shell(argv)) {
        program.command_line = L'"' + to_wide(argv[0]) + L"\" /d /s /c \"" + to_wide(argv[4]) + L'"';
        return program;
    }
    const std::string file = to_utf8(program.application);
    const bool batch = base::is_windows_batch_file(file);
    const base::CommandLine line =
        batch ? base::windows_batch_command_line(command_interpreter(), file, argv) : base::windows_command_line(argv);
    if (line.fault)
        throw SpawnError(line.fault->stage, std::make_error_code(line.fault->error), name, line.fault->detail);
    if (batch) program.application = to_wide(command_interpreter());
    program.command_line = as_wide(line.text);
    return program;
}

std::wstring full_path(const std::wstring &path) {
    return filled([&](wchar_t *to, DWORD size) { return ::GetFullPathNameW(path.c_str(), size, to, nullptr); });
}

std::string command_interpreter() {
    return to_utf8(filled([](wchar_t *to, DWORD size) { return ::GetSystemDirectoryW(to, size); }) + L"\\cmd.exe");
}

} // namespace backchat::platform
