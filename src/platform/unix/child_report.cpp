#include "platform/unix/child_report.hpp"

#include <cerrno>

#include <unistd.h>

namespace backchat::platform {
namespace {

/// ENOENT for a script that is there is about its interpreter: said, it saves an hour.
std::string hint(const ChildPlan &plan, int error) {
    if (error != ENOENT) return {};
    for (const char *const *path = plan.candidates; *path != nullptr; ++path)
        if ((**path == '/' || plan.cwd == nullptr) && ::access(*path, F_OK) == 0)
            return std::string(*path) + " is there; the interpreter that it names is not";
    return {};
}

std::string detail(const ChildReport &report, const ChildPlan &plan) {
    if (report.stage == Stage::working_directory) return plan.cwd;
    if (report.stage == Stage::exec) return hint(plan, report.error);
    return {};
}

} // namespace

bool read_report(int pipe, ChildReport &report) {
    ChildReport told{};
    std::size_t have = 0;
    while (have < sizeof told) {
        const ssize_t n = ::read(pipe, reinterpret_cast<char *>(&told) + have, sizeof told - have);
        if (n == 0) return true;
        if (n > 0) have += static_cast<std::size_t>(n);
        else if (errno != EINTR) {
            report = {Stage::pipe, errno, false, true};
            return false;
        }
    }
    report = told;
    return true;
}

SpawnError error_of(const ChildReport &report, const ChildPlan &plan, const std::string &program) {
    return {report.stage, {report.error, std::system_category()}, program, detail(report, plan)};
}

} // namespace backchat::platform
