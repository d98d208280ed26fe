// What the new process does between clone and exec.
//
// It may share our memory (CLONE_VM), with the thread that spawned it suspended and all others running. Hence: raw
// system calls only, no allocation, no lock, no exception, nothing that knows of threads. The build compiles this file
// without sanitizers: their accounts of the calling thread would go on in the wrong process.

#include "platform/linux/child_plan.hpp"
#include "platform/linux/raw.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>

#include <fcntl.h>
#include <sys/prctl.h>

namespace backchat::platform {
namespace {

// On 32-bit x86 and ARM the calls of the plain names take 16-bit numbers.
#ifdef SYS_setresuid32
constexpr long sys_setresuid = SYS_setresuid32;
constexpr long sys_setresgid = SYS_setresgid32;
constexpr long sys_setgroups = SYS_setgroups32;
#else
constexpr long sys_setresuid = SYS_setresuid;
constexpr long sys_setresgid = SYS_setresgid;
constexpr long sys_setgroups = SYS_setgroups;
#endif
#ifdef SYS_fcntl64
constexpr long sys_fcntl = SYS_fcntl64;
#else
constexpr long sys_fcntl = SYS_fcntl;
#endif

class Child {
public:
    explicit Child(ChildPlan &plan) : plan_(plan) {}

    [[noreturn]] void run() {
        set_signal_dispositions();
        set_session_and_group();
        set_priorities_and_limits();
        place_descriptors();
        close_others(); // before the limits: counting goes up to the old one
        change_directory();
        change_identity();
        execute();
    }

private:
    [[noreturn]] void fail(Stage stage, int error) {
        plan_.report->stage = stage;
        plan_.report->error = error;
        plan_.report->failed = true;
        if (plan_.report_pipe >= 0) ::syscall(SYS_write, plan_.report_pipe, plan_.report, sizeof *plan_.report);
        for (;;) ::syscall(SYS_exit_group, 127);
    }

    void require(long result, Stage stage) {
        if (result < 0) fail(stage, errno);
    }

    void set_signal_dispositions() {
        // The kernel's struct sigaction, whose first word is the handler on every architecture that Linux 5 runs on but
        // MIPS; all zero bytes mean SIG_DFL.
        struct Action {
            std::uintptr_t handler;
            std::array<std::uint64_t, 7> rest;
        };
        for (int number = 1; number <= last_signal; ++number) {
            if (number == SIGKILL || number == SIGSTOP) continue;
            if (!plan_.default_signals) {
                // What is ignored stays so; a handler must not stay, even for the moment between unblocking and exec:
                // it would run on memory that is shared with the host.
                Action now{};
                ::syscall(SYS_rt_sigaction, number, nullptr, &now, sizeof(KernelSignalSet));
                if (now.handler == reinterpret_cast<std::uintptr_t>(SIG_DFL) ||
                    now.handler == reinterpret_cast<std::uintptr_t>(SIG_IGN))
                    continue;
            }
            const Action standard{};
            ::syscall(SYS_rt_sigaction, number, &standard, nullptr, sizeof(KernelSignalSet));
        }
    }

    void set_session_and_group() {
        if (plan_.new_session) require(::syscall(SYS_setsid), Stage::session);
        // The leader of a session leads a group already, and may not be moved.
        if (plan_.set_group && !plan_.new_session)
            require(::syscall(SYS_setpgid, 0, plan_.group), Stage::process_group);
    }

    void set_priorities_and_limits() {
        if (plan_.umask) ::syscall(SYS_umask, *plan_.umask);
        if (plan_.nice) {
            const long now = 20 - ::syscall(SYS_getpriority, PRIO_PROCESS, 0); // the raw call counts from 40 down to 1
            require(::syscall(SYS_setpriority, PRIO_PROCESS, 0, now + *plan_.nice), Stage::nice);
        }
        if (plan_.affinity)
            require(::syscall(SYS_sched_setaffinity, 0, plan_.affinity_size, plan_.affinity), Stage::cpu_affinity);
    }

    bool is_target(int fd, std::size_t but_for) const {
        for (std::size_t i = 0; i < plan_.placement_count; ++i)
            if (i != but_for && plan_.placements[i].target == fd) return true;
        return false;
    }

    /// Gives a copy of `fd` at a number that nothing is to be placed at; -1 with errno when there is none.
    int move_away(int fd) {
        int from = 3;
        for (;;) {
            const int copy = static_cast<int>(::syscall(sys_fcntl, fd, F_DUPFD_CLOEXEC, from));
            if (copy < 0 || !is_target(copy, plan_.placement_count)) return copy;
            ::syscall(SYS_close, copy);
            from = copy + 1;
        }
    }

    void place_descriptors() {
        // First everything that another placement would overwrite goes out of the way: swaps, cycles, chains.
        if (plan_.report_pipe >= 0 && is_target(plan_.report_pipe, plan_.placement_count)) {
            const int moved = move_away(plan_.report_pipe);
            require(moved, Stage::descriptors);
            plan_.report_pipe = moved;
        }
        for (std::size_t i = 0; i < plan_.placement_count; ++i) {
            Placement &each = plan_.placements[i];
            if (!is_target(each.source, i)) continue;
            const int moved = move_away(each.source);
            require(moved, Stage::descriptors);
            each.source = moved;
        }
        for (std::size_t i = 0; i < plan_.placement_count; ++i) place(plan_.placements[i]);
    }

    void place(const Placement &each) {
        if (each.source < 0) {
            ::syscall(SYS_close, each.target);
            return;
        }
        const long result = each.source == each.target ? ::syscall(sys_fcntl, each.target, F_SETFD, 0)
                                                       : ::syscall(SYS_dup3, each.source, each.target, 0);
        require(result, Stage::descriptors);
    }

    void change_directory() {
        if (plan_.cwd) require(::syscall(SYS_chdir, plan_.cwd), Stage::working_directory);
    }

    void change_identity() {
        // After what may need privileges: raising a limit, chdir. Before the user changes: the groups.
        for (std::size_t i = 0; i < plan_.limit_count; ++i)
            require(::syscall(SYS_prlimit64, 0, plan_.limit_resources[i], &plan_.limits[i], nullptr),
                    Stage::resource_limit);
        if (plan_.set_groups) require(::syscall(sys_setgroups, plan_.group_count, plan_.groups), Stage::setgroups);
        if (plan_.gid) require(::syscall(sys_setresgid, *plan_.gid, *plan_.gid, *plan_.gid), Stage::setgid);
        if (plan_.uid) require(::syscall(sys_setresuid, *plan_.uid, *plan_.uid, *plan_.uid), Stage::setuid);
        if (plan_.no_new_privs) require(::syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), Stage::no_new_privs);
    }

    // ---- Closing everything else.

    bool is_kept(int fd) const {
        if (fd == plan_.report_pipe) return true;
        for (std::size_t i = 0; i < plan_.kept_count; ++i)
            if (plan_.kept[i] == fd) return true;
        return false;
    }

    void close_others() {
        if (!plan_.close_others) return;
        if (!close_ranges() && !close_listed()) close_counting();
    }

    /// Gives false where the kernel (before 5.9) or a filter has no close_range.
    bool close_ranges() {
        int first = 0;
        bool report_pipe_done = plan_.report_pipe < 0;
        std::size_t next = 0;
        for (;;) {
            int kept = next < plan_.kept_count ? plan_.kept[next] : -1;
            if (!report_pipe_done && (kept < 0 || plan_.report_pipe < kept)) {
                kept = plan_.report_pipe;
                report_pipe_done = true;
            } else if (kept >= 0) {
                ++next;
            }
            const unsigned last = kept < 0 ? ~0U : static_cast<unsigned>(kept) - 1U;
            if ((kept < 0 || kept > first) && ::syscall(SYS_close_range, static_cast<unsigned>(first), last, 0) < 0)
                return false;
            if (kept < 0) return true;
            first = kept + 1;
        }
    }

    /// Reads the open descriptors instead of counting up to the limit, which may be a billion. Gives false without
    /// /proc.
    bool close_listed() {
        struct Entry { // linux_dirent64
            std::uint64_t inode;
            std::int64_t offset;
            std::uint16_t length;
            std::uint8_t type;
            char name[1];
        };
        // With a full table there is no number left for the directory: its place is made among those to be closed.
        for (int fd = 3; fd < 1024; ++fd)
            if (!is_kept(fd) && ::syscall(SYS_close, fd) == 0) break;
        const int directory =
            static_cast<int>(::syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (directory < 0) return false;
        alignas(Entry) std::array<char, 2048> buffer;
        // Closing changes the directory under the reading: start over until a pass closes nothing.
        for (bool closed = true; closed;) {
            closed = false;
            ::syscall(SYS_lseek, directory, 0, SEEK_SET);
            for (;;) {
                const long n = ::syscall(SYS_getdents64, directory, buffer.data(), buffer.size());
                if (n <= 0) break;
                for (long at = 0; at < n;) {
                    const auto *entry = reinterpret_cast<const Entry *>(buffer.data() + at);
                    at += entry->length;
                    int fd = -1;
                    const std::string_view name(entry->name);
                    std::from_chars(name.data(), name.data() + name.size(), fd);
                    if (fd < 0 || fd == directory || is_kept(fd)) continue;
                    ::syscall(SYS_close, fd);
                    closed = true;
                }
            }
        }
        ::syscall(SYS_close, directory);
        return true;
    }

    void close_counting() {
        rlimit64 limit{};
        ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, &limit);
        for (int fd = 0; static_cast<rlim64_t>(fd) < limit.rlim_cur; ++fd)
            if (!is_kept(fd)) ::syscall(SYS_close, fd);
    }

    // ---- Becoming the program.

    /// As execvp(3): what is not there, or not ours to run, leaves the rest of PATH to be tried.
    static bool may_be_further_on(int error) {
        return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ENODEV ||
               error == ESTALE || error == ETIMEDOUT;
    }

    [[noreturn]] void execute() {
        ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &plan_.signal_mask, nullptr, sizeof plan_.signal_mask);
        int error = ENOENT;
        for (const char *const *path = plan_.candidates; *path != nullptr; ++path) {
            ::syscall(SYS_execve, *path, plan_.argv, plan_.environment);
            const bool only_one = path == plan_.candidates && path[1] == nullptr;
            if (only_one || !may_be_further_on(errno)) fail(Stage::exec, errno);
            // That something was there is the better message in the end.
            if (errno == EACCES) error = EACCES;
        }
        fail(Stage::exec, error);
    }

    ChildPlan &plan_;
};

} // namespace

int run_child(void *plan) {
    auto &ours = *static_cast<ChildPlan *>(plan);
    ours.report->started = true;
    Child(ours).run();
}

} // namespace backchat::platform
