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

void read_report(int pipe, ChildReport &report) {
    ChildReport read;
    ssize_t n = -1;
    do {
        n = ::read(pipe, &read, sizeof read);
    } while (n < 0 && errno == EINTR);
    if (n == static_cast<ssize_t>(sizeof read)) report = read;
}

SpawnError error_of(const ChildReport &report, const ChildPlan &plan, const std::string &program) {
    return {report.stage, {report.error, std::system_category()}, program, detail(report, plan)};
}

} // namespace backchat::platform
