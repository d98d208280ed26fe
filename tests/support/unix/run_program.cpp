#include "support/host.hpp"
#include "support/native_handle.hpp"

#include <cerrno>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

namespace support {

std::string own_program() {
    char path[4096];
    const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
    return std::string(path, length > 0 ? static_cast<std::size_t>(length) : 0);
}

HostRun run_program(const std::vector<std::string> &strings) {
    std::vector<std::string> copies = strings;
    std::vector<char *> argv;
    argv.reserve(copies.size() + 1);
    for (auto &string : copies) argv.push_back(string.data());
    argv.push_back(nullptr);

    Pipe output;
    const pid_t pid = ::fork();
    if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid == 0) {
        ::dup2(static_cast<int>(output.write.get()), 1);
        ::dup2(static_cast<int>(output.write.get()), 2);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    output.write.reset();
    HostRun run;
    run.said = read_all(output.read.get());
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid) throw std::system_error(errno, std::generic_category(), "waitpid");
    run.ended = WIFEXITED(status) ? "exit code " + std::to_string(WEXITSTATUS(status))
                                  : "wait status " + std::to_string(status);
    return run;
}

} // namespace support
