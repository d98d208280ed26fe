#include "platform/unix/start.hpp"

#include "platform/posix/open_descriptors.hpp"
#include "platform/posix/process_impl.hpp"
#include "platform/posix/signal_mask.hpp"
#include "platform/posix/spawn_lock.hpp"
#include "platform/unix/child_report.hpp"
#include "platform/unix/pipe_impl.hpp"
#include "platform/unix/signals_blocked.hpp"

#include <backchat/error.hpp>

#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

std::system_error last_error() { return {errno, std::system_category()}; }

std::string joined(char *const *argv) {
    std::string text;
    for (; *argv != nullptr; ++argv) text.append(text.empty() ? "" : " ").append(*argv);
    return text;
}

/// Forks. All signals are blocked from before, so that no handler of the host's runs in the new process.
pid_t fork_child(ChildPlan &plan) {
    const std::lock_guard lock(spawn_lock);
    const SignalsBlocked blocked;
    SignalMask mask;
    sigemptyset(&mask.blocked);
    if (!plan.default_signals) mask.blocked = blocked.before();
    plan.signal_mask = &mask;
    const pid_t pid = ::fork();
    if (pid == 0) run_child(&plan);
    return pid;
}

void reap(pid_t pid) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

void require_supported(const Options &options, const std::string &program) {
    const auto refuse_if = [&](bool asked_for, const char *what) {
        if (asked_for)
            throw SpawnError(Stage::options, std::make_error_code(std::errc::not_supported), program,
                             std::string(what) + " is not to be had on this platform");
    };
    refuse_if(!options.cpu_affinity.empty(), "cpu_affinity");
    refuse_if(options.no_new_privs, "no_new_privs");
    refuse_if(options.orphans == Orphans::adopt, "Orphans::adopt");
}

Process start(ChildRecipe &recipe) {
    ChildReport report{};
    ChildPlan &plan = recipe.finish(report);
    Stage stage = Stage::pipe;
    try {
        auto process = std::make_unique<Process::Impl>();
        process->command = joined(plan.argv);
        Pipe told = make_pipe(Direction::from_child, std::nullopt);
        if (::fcntl(told.ours.get(), F_SETFL, O_RDONLY) < 0) throw last_error(); // this one is waited for
        plan.report_pipe = told.childs.get();

        std::optional<OpenDescriptorList> list;
        OpenDescriptors open{};
        if (plan.close_others) open = list.emplace().view();
        plan.open = &open;

        stage = Stage::clone;
        process->pid = fork_child(plan);
        if (process->pid < 0) throw last_error();
        told.childs.reset();
        if (!read_report(told.ours.get(), report)) ::kill(process->pid, SIGKILL);
        if (report.failed) {
            reap(process->pid);
            throw error_of(report, plan, recipe.program());
        }
        return Process(std::move(process));
    } catch (const SpawnError &) {
        throw;
    } catch (const std::system_error &error) {
        throw SpawnError(stage, error.code(), recipe.program());
    }
}

} // namespace backchat::platform
