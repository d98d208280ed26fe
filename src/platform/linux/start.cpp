#include "platform/unix/start.hpp"

#include "platform/linux/dumpable_kept.hpp"
#include "platform/linux/process_impl.hpp"
#include "platform/linux/raw.hpp"
#include "platform/linux/signal_mask.hpp"
#include "platform/unix/child_report.hpp"
#include "platform/unix/pipe_impl.hpp"

#include <backchat/error.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

std::system_error last_error() { return {errno, std::system_category()}; }

/// The new process's stack. It shares our memory until exec, so it must not run on a stack of ours.
class ChildStack {
public:
    ChildStack() {
        base_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        if (base_ == MAP_FAILED) throw last_error();
    }
    ~ChildStack() { ::munmap(base_, size); }
    ChildStack(const ChildStack &) = delete;
    ChildStack &operator=(const ChildStack &) = delete;

    void *top() const { return static_cast<char *>(base_) + size; } // it grows downwards, and mmap aligns enough

private:
    static constexpr std::size_t size = 64 << 10; // pages that are never touched cost nothing
    void *base_;
};

/// Blocks every signal in this thread, those that glibc keeps for itself included: until exec the new process shares
/// our memory, and a handler of the host's that ran there would run on it.
class AllSignalsBlocked {
public:
    AllSignalsBlocked() {
        const KernelSignalSet all = ~KernelSignalSet{0};
        ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before_, sizeof all);
    }
    ~AllSignalsBlocked() { ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before_, nullptr, sizeof before_); }
    AllSignalsBlocked(const AllSignalsBlocked &) = delete;
    AllSignalsBlocked &operator=(const AllSignalsBlocked &) = delete;

    KernelSignalSet before() const { return before_; }

private:
    KernelSignalSet before_ = 0;
};

struct NewProcess {
    pid_t pid = -1;
    int pidfd = -1;
};

bool refused(const NewProcess &made) { return made.pid < 0 && (errno == EINVAL || errno == ENOSYS || errno == EPERM); }

/// Makes the new process; each attempt asks for less than the one before.
///
/// CLONE_VFORK suspends this thread until the program runs or the new process has ended. No exit signal is named:
/// exec sets it to SIGCHLD, and a spawn that fails does not disturb the host with one.
NewProcess make_process(ChildPlan &plan, const ChildStack &stack) {
    NewProcess made;
    made.pid = raw::clone(run_child, stack.top(), CLONE_VM | CLONE_VFORK | CLONE_PIDFD, &plan, &made.pidfd);
    if (refused(made)) // before 5.2, or under a filter or an emulator
        made.pid = raw::clone(run_child, stack.top(), CLONE_VM | CLONE_VFORK, &plan);
    if (refused(made) && plan.report_pipe >= 0) {
        made.pid = static_cast<pid_t>(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); // fork, without its handlers
        if (made.pid == 0) run_child(&plan);
    }
    return made;
}

/// Whether a new process has been seen to share our memory. Some emulators give a copy instead, without a word; then
/// what goes wrong in the new process is told through a pipe alone, and the first spawn has to find that out.
std::atomic<bool> memory_is_shared{false};

void reap(pid_t pid) {
    siginfo_t info;
    while (raw::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED, nullptr) < 0 && errno == EINTR) {
    }
}

} // namespace

void require_supported(const Options &, const std::string &) {}

Process start(ChildRecipe &recipe) {
    if (recipe.options().orphans == Orphans::adopt && ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
        throw SpawnError(Stage::options, {errno, std::system_category()}, recipe.program(), "to adopt orphans");
    ChildReport report{};
    ChildPlan &plan = recipe.finish(report);
    Stage stage = Stage::memory;
    try {
        const ChildStack stack;
        auto process = std::make_unique<Process::Impl>();
        stage = Stage::pipe;
        Pipe told; // only until the memory is known to be shared
        const bool ask_pipe = !memory_is_shared.load(std::memory_order_relaxed);
        if (ask_pipe) {
            told = make_pipe(Direction::from_child, std::nullopt);
            if (::fcntl(told.ours.get(), F_SETFL, O_RDONLY) < 0) throw last_error(); // this one is waited for
            plan.report_pipe = told.childs.get();
        }

        stage = Stage::clone;
        NewProcess made;
        {
            using When = DumpableKept::When;
            const DumpableKept kept(plan.uid != nullptr || plan.gid != nullptr ? When::always : When::never);
            const AllSignalsBlocked blocked;
            const SignalMask mask{plan.default_signals ? 0 : blocked.before()};
            plan.signal_mask = &mask;
            made = make_process(plan, stack);
        }
        if (refused(made) && !ask_pipe) { // a filter that was not there before: once more, with a pipe
            memory_is_shared.store(false, std::memory_order_relaxed);
            return start(recipe);
        }
        if (made.pid < 0) throw last_error();
        told.childs.reset();
        if (report.started) memory_is_shared.store(true, std::memory_order_relaxed);
        else if (ask_pipe && !read_report(told.ours.get(), report)) ::kill(made.pid, SIGKILL);

        FileDescriptor pidfd = FileDescriptor::above_standard_if_possible(made.pidfd);
        if (report.failed) {
            reap(made.pid);
            throw error_of(report, plan, recipe.program());
        }
        // Safe, unless the host reaps any child; then there is no such process, or at the worst a wrong one.
        if (!pidfd) pidfd = FileDescriptor::above_standard_if_possible(raw::pidfd_open(made.pid));
        process->pid = made.pid;
        process->pidfd = std::move(pidfd);
        return Process(std::move(process));
    } catch (const SpawnError &) {
        throw;
    } catch (const std::system_error &error) {
        throw SpawnError(stage, error.code(), recipe.program());
    }
}

} // namespace backchat::platform
