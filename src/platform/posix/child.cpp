// What the new process does between fork and exec. It has a copy of our memory and one of our threads: whatever lock the
// others held is held there for ever. Hence async-signal-safe calls only.

#include "platform/posix/open_descriptors.hpp"
#include "platform/posix/signal_mask.hpp"
#include "platform/unix/child_steps.hpp"

#include <backchat/options.hpp>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace backchat::platform {
namespace {

struct System {
    static void reset_signals(bool ignored_ones_too) {
        for (int number = 1; number <= last_signal(); ++number) {
            if (number == SIGKILL || number == SIGSTOP) continue;
            struct sigaction action {};
            if (!ignored_ones_too) {
                // What is ignored stays so; a handler must not stay, even for the moment between unblocking and exec.
                if (::sigaction(number, nullptr, &action) < 0) continue; // the C library's own
                if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN) continue;
            }
            action = {};
            action.sa_handler = SIG_DFL;
            ::sigaction(number, &action, nullptr);
        }
    }
    static void set_signal_mask(const SignalMask &mask) { ::sigprocmask(SIG_SETMASK, &mask.blocked, nullptr); }

    static long setsid() { return ::setsid(); }
    static long setpgid(pid_t group) { return ::setpgid(0, group); }
    static void umask(unsigned mask) { ::umask(static_cast<mode_t>(mask)); }
    static long add_nice(int increment) {
        errno = 0;
        const int now = ::getpriority(PRIO_PROCESS, 0); // -1 is a priority, too
        if (now == -1 && errno != 0) return -1;
        return ::setpriority(PRIO_PROCESS, 0, now + increment);
    }
    static long set_affinity(const std::uint64_t *, std::size_t) { return not_supported(); }
    static long set_limit(const ChildLimit &limit) {
        const rlimit both{to_system(limit.soft), to_system(limit.hard)};
        if (to_number(both.rlim_cur) != limit.soft || to_number(both.rlim_max) != limit.hard) {
            errno = EOVERFLOW;
            return -1;
        }
        return ::setrlimit(static_cast<decltype(RLIMIT_CORE)>(limit.resource), &both);
    }

    static int copy_from(int fd, int lowest) { return ::fcntl(fd, F_DUPFD_CLOEXEC, lowest); }
    static long copy_to(int fd, int number) { return ::dup2(fd, number); }
    static long make_inheritable(int fd) { return ::fcntl(fd, F_SETFD, 0); }
    static void close(int fd) { ::close(fd); }

    static long chdir(const char *path) { return ::chdir(path); }
    static long setgroups(std::size_t count, const gid_t *groups) {
        return ::setgroups(static_cast<group_count>(count), groups);
    }
    // With a real number given, POSIX has these set the saved one, too. (setresuid is not everywhere.)
    static long setgid(gid_t gid) { return ::setregid(gid, gid); }
    static long setuid(uid_t uid) { return ::setreuid(uid, uid); }
    static long set_no_new_privs() { return not_supported(); }

    static void execve(const char *path, char *const *argv, char *const *environment) {
        ::execve(path, argv, environment);
    }
    static void write(int fd, const void *data, std::size_t size) {
        while (::write(fd, data, size) < 0 && errno == EINTR) {
        }
    }
    static void exit(int code) { ::_exit(code); }

    static void close_others(const ChildPlan &plan) {
        const OpenDescriptors &open = *plan.open;
        std::size_t next = 0;
        for (int fd = 0; fd < open.all_below; ++fd) {
            if (next < open.count && open.listed[next] == fd) ++next;
            if (!is_kept(plan, fd)) ::close(fd);
        }
        for (; next < open.count; ++next)
            if (!is_kept(plan, open.listed[next])) ::close(open.listed[next]);
    }

private:
    /// What require_supported() has refused.
    static long not_supported() {
        errno = ENOTSUP;
        return -1;
    }

    static int last_signal() {
        int last = NSIG - 1;
#ifdef SIGRTMAX
        last = std::max(last, SIGRTMAX); // on FreeBSD beyond NSIG
#endif
        return last;
    }

    static rlim_t to_system(std::uint64_t value) {
        return value == ResourceLimit::unlimited ? RLIM_INFINITY : static_cast<rlim_t>(value);
    }
    static std::uint64_t to_number(rlim_t value) {
        return value == RLIM_INFINITY ? ResourceLimit::unlimited : static_cast<std::uint64_t>(value);
    }

    template <class Count>
    static Count first_argument(int (*)(Count, const gid_t *));
    using group_count = decltype(first_argument(&::setgroups)); // size_t on Linux, int elsewhere
};

} // namespace

int run_child(void *plan) {
    auto &ours = *static_cast<ChildPlan *>(plan);
    ours.report->started = true;
    // cppcheck-suppress missingReturn ; it becomes the program, or ends
    ChildSteps<System>(ours).run();
}

} // namespace backchat::platform
