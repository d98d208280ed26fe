#include "exit_code.hpp"

namespace backchat::cli {

int exit_code(const ExitStatus &status) {
    switch (status.kind()) {
    case ExitStatus::Kind::exited: return status.code();
    case ExitStatus::Kind::signaled: return 128 + status.signal();
    case ExitStatus::Kind::unknown: break;
    }
    return exit_failed;
}

int exit_code(const SpawnError &error) {
    if (error.stage() != Stage::exec) return exit_failed;
    return error.code() == std::errc::no_such_file_or_directory ? exit_not_found : exit_not_executable;
}

} // namespace backchat::cli
