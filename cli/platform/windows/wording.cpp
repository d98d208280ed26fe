#include "cli/platform/wording.hpp"

#include "cli/complaint.hpp"
#include "cli/platform/windows/system.hpp"
#include "cli/platform/windows/utf16.hpp"

#include <fmt/format.h>

#include <limits>

namespace backchat::cli {

namespace {

/// The standard library's own text is in the code page of the system, and ends with a line.
std::string text_of(DWORD number) {
    wchar_t text[1024];
    const DWORD size =
        FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                       nullptr, number, 0, text, static_cast<DWORD>(std::size(text)), nullptr);
    std::wstring_view trimmed(text, size);
    while (!trimmed.empty() && (trimmed.back() == L' ' || trimmed.back() == L'.')) trimmed.remove_suffix(1);
    return trimmed.empty() ? fmt::format("Windows error {}", number) : to_utf8(trimmed);
}

} // namespace

std::string describe(const std::error_code &error) {
    return error.category() == std::system_category() ? text_of(static_cast<DWORD>(error.value())) : error.message();
}

std::string describe_exec(const SpawnError &error) {
    const std::string program = in_quotes(error.program());
    const std::string reason = describe(error.code());
    const bool is_path = error.program().find_first_of("/\\:") != std::string::npos;
    if (error.code() == std::errc::no_such_file_or_directory) {
        return is_path ? fmt::format("cannot run {}: {}; check the path", program, reason)
                       : fmt::format("cannot run {}: not found in the directories of PATH; give a path such as .\\{}, "
                                     "or set PATH; what belongs to a shell (dir, echo) is run by cmd /c",
                                     program, error.program());
    }
    if (error.code() == std::errc::permission_denied)
        return fmt::format("cannot run {}: {}; is it a file, and a program?", program, reason);
    if (error.code() == std::errc::executable_format_error || error.code() == error_of(ERROR_BAD_EXE_FORMAT))
        return fmt::format("cannot run {}: it is no program for this Windows; a script is run by its interpreter, such "
                           "as python {}",
                           program, error.program());
    if (error.code() == std::errc::argument_list_too_long)
        return fmt::format("cannot run {}: {}; Windows takes 32766 characters, with what has to be put in quotes",
                           program, reason);
    return fmt::format("cannot run {}: {}", program, reason);
}

std::string_view keys_for_end_of_input() { return "Ctrl-Z, Enter"; }

std::string_view example_for_clear_env() { return "--env PATH=C:\\Windows\\System32 --env LANG=C -- cmd /c set"; }

ExitCodes exit_codes() { return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::uint32_t>::max()}; }

} // namespace backchat::cli
