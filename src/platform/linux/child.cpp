// What the new process does between clone and exec.
//
// It may share our memory (CLONE_VM), with the thread that spawned it suspended and all others running. Hence: raw
// system calls only. The build compiles this file
// without sanitizers: their accounts of the calling thread would go on in the wrong process.

#include "platform/linux/raw.hpp"
#include "platform/linux/signal_mask.hpp"
#include "platform/unix/child_steps.hpp"

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

struct System {
    static void reset_signals(bool ignored_ones_too) {
        // The kernel's struct sigaction, whose first word is the handler on every architecture that Linux 5 runs on but
        // MIPS; all zero bytes mean SIG_DFL.
        struct Action {
            std::uintptr_t handler;
            std::array<std::uint64_t, 7> rest;
        };
        for (int number = 1; number <= last_signal; ++number) {
            if (number == SIGKILL || number == SIGSTOP) continue;
            if (!ignored_ones_too) {
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
    static void set_signal_mask(const SignalMask &mask) {
        ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask.blocked, nullptr, sizeof mask.blocked);
    }

    static long setsid() { return ::syscall(SYS_setsid); }
    static long setpgid(pid_t group) { return ::syscall(SYS_setpgid, 0, group); }
    static void umask(unsigned mask) { ::syscall(SYS_umask, mask); }
    static long add_nice(int increment) {
        const long now = 20 - ::syscall(SYS_getpriority, PRIO_PROCESS, 0); // the raw call counts from 40 down to 1
        return ::syscall(SYS_setpriority, PRIO_PROCESS, 0, now + increment);
    }
    static long set_affinity(const std::uint64_t *processors, std::size_t bytes) {
        return ::syscall(SYS_sched_setaffinity, 0, bytes, processors);
    }
    static long set_limit(const ChildLimit &limit) {
        const rlimit64 both{limit.soft, limit.hard}; // ResourceLimit::unlimited is the kernel's RLIM64_INFINITY
        return ::syscall(SYS_prlimit64, 0, limit.resource, &both, nullptr);
    }

    static int copy_from(int fd, int lowest) {
        return static_cast<int>(::syscall(sys_fcntl, fd, F_DUPFD_CLOEXEC, lowest));
    }
    static long copy_to(int fd, int number) { return ::syscall(SYS_dup3, fd, number, 0); }
    static long make_inheritable(int fd) { return ::syscall(sys_fcntl, fd, F_SETFD, 0); }
    static void close(int fd) { ::syscall(SYS_close, fd); }

    static long chdir(const char *path) { return ::syscall(SYS_chdir, path); }
    static long setgroups(std::size_t count, const gid_t *groups) { return ::syscall(sys_setgroups, count, groups); }
    static long setgid(gid_t gid) { return ::syscall(sys_setresgid, gid, gid, gid); }
    static long setuid(uid_t uid) { return ::syscall(sys_setresuid, uid, uid, uid); }
    static long set_no_new_privs() { return ::syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

    static void execve(const char *path, char *const *argv, char *const *environment) {
        ::syscall(SYS_execve, path, argv, environment);
    }
    static void write(int fd, const void *data, std::size_t size) { ::syscall(SYS_write, fd, data, size); }
    static void exit(int code) { ::syscall(SYS_exit_group, code); }

    static void close_others(const ChildPlan &plan) {
        if (!close_ranges(plan) && !close_listed(plan)) close_counting(plan);
    }

private:
    /// Gives false where the kernel (before 5.9) or a filter has no close_range.
    static bool close_ranges(const ChildPlan &plan) {
        int first = 0;
        bool report_pipe_done = plan.report_pipe < 0;
        std::size_t next = 0;
        for (;;) {
            int kept = next < plan.kept_count ? plan.kept[next] : -1;
            if (!report_pipe_done && (kept < 0 || plan.report_pipe < kept)) {
                kept = plan.report_pipe;
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
    static bool close_listed(const ChildPlan &plan) {
        struct Entry { // linux_dirent64
            std::uint64_t inode;
            std::int64_t offset;
            std::uint16_t length;
            std::uint8_t type;
            char name[1];
        };
        // With a full table there is no number left for the directory: its place is made among those to be closed.
        for (int fd = 3; fd < 1024; ++fd)
            if (!is_kept(plan, fd) && ::syscall(SYS_close, fd) == 0) break;
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
                    if (fd < 0 || fd == directory || is_kept(plan, fd)) continue;
                    ::syscall(SYS_close, fd);
                    closed = true;
                }
            }
        }
        ::syscall(SYS_close, directory);
        return true;
    }

    static void close_counting(const ChildPlan &plan) {
        rlimit64 limit{};
        ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, &limit);
        for (int fd = 0; static_cast<rlim64_t>(fd) < limit.rlim_cur; ++fd)
            if (!is_kept(plan, fd)) ::syscall(SYS_close, fd);
    }
};

} // namespace

int run_child(void *plan) {
    auto &ours = *static_cast<ChildPlan *>(plan);
    ours.report->started = true;
    // cppcheck-suppress missingReturn ; it becomes the program, or ends
    ChildSteps<System>(ours).run();
}

} // namespace backchat::platform
