/// deny_syscalls NAME[,NAME…] -- CMD ARG…
///
/// Runs CMD on a kernel that looks as if it lacked some system calls, as an old one or a container's filter does. The
/// filter is inherited by all that CMD starts, and cannot be taken off.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__i386__)
constexpr std::uint32_t architecture = AUDIT_ARCH_I386;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#elif defined(__riscv) && __riscv_xlen == 64
constexpr std::uint32_t architecture = AUDIT_ARCH_RISCV64;
#else
#error "name this architecture's AUDIT_ARCH_ constant"
#endif

constexpr std::uint32_t waitid_by_pidfd = 3; // P_PIDFD, an enumerator that older headers lack

/// One call to be refused.
struct Rule {
    std::string_view name;
    std::uint32_t number;
    std::uint32_t answer;       // the errno
    std::uint32_t mask = 0;     // of the first argument's lower half; 0: refuse the call whatever its arguments
    std::uint32_t expected = 0; // refuse when (first argument & mask) is this
};

constexpr std::uint32_t vm_and_vfork = CLONE_VM | CLONE_VFORK;

constexpr Rule rules[] = {
    {"close_range", SYS_close_range, ENOSYS},
    {"pidfd_open", SYS_pidfd_open, ENOSYS},
    {"pidfd_send_signal", SYS_pidfd_send_signal, ENOSYS},
    {"pidfd_getfd", SYS_pidfd_getfd, ENOSYS},
    {"clone3", SYS_clone3, ENOSYS},
    {"clone_pidfd", SYS_clone, EINVAL, CLONE_PIDFD, CLONE_PIDFD},
    {"clone_vfork", SYS_clone, EPERM, vm_and_vfork, vm_and_vfork},
    {"waitid_pidfd", SYS_waitid, EINVAL, 0xffffffff, waitid_by_pidfd},
    {"eventfd2", SYS_eventfd2, ENOSYS},
    {"openat2", SYS_openat2, ENOSYS},
    {"epoll_pwait2", SYS_epoll_pwait2, ENOSYS},
};

/// All that a kernel before 5.2 lacks; clone3 among them, since it can give a pidfd and its arguments are in memory
/// that a filter cannot read.
constexpr std::string_view pidfd_calls[] = {"pidfd_open", "pidfd_send_signal", "pidfd_getfd",
                                            "clone3",     "clone_pidfd",       "waitid_pidfd"};

class Filter {
public:
    Filter() {
        load(offsetof(seccomp_data, arch));
        // A call by another architecture's numbers could not be judged: let it pass, there is none in these tests.
        code_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0));
        code_.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    }

    void refuse(const Rule &rule) {
        // Layout without a mask: load number; unless equal skip 1; refuse.
        // With one: load number; unless equal skip 4; load argument; and; unless equal skip 1; refuse.
        load(offsetof(seccomp_data, nr));
        code_.push_back(
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, rule.number, 0, rule.mask ? std::uint8_t{4} : std::uint8_t{1}));
        if (rule.mask) {
            load(offsetof(seccomp_data, args)); // little endian: the lower half comes first
            code_.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, rule.mask));
            code_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, rule.expected, 0, 1));
        }
        code_.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | rule.answer));
    }

    bool install() {
        code_.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
        sock_fprog program = {static_cast<unsigned short>(code_.size()), code_.data()};
        return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    void load(std::size_t offset) {
        code_.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
    }

    std::vector<sock_filter> code_;
};

bool refuse_by_name(Filter &filter, std::string_view name) {
    if (name == "pidfd") {
        for (const auto part : pidfd_calls) refuse_by_name(filter, part);
        return true;
    }
    for (const auto &rule : rules) {
        if (rule.name != name) continue;
        filter.refuse(rule);
        return true;
    }
    return false;
}

int usage() {
    std::fputs("usage: deny_syscalls NAME[,NAME...] -- CMD [ARG...]\nnames: pidfd", stderr);
    for (const auto &rule : rules) std::fprintf(stderr, " %s", std::string(rule.name).c_str());
    std::fputc('\n', stderr);
    return 125;
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 4 || std::strcmp(argv[2], "--") != 0) return usage();
    Filter filter;
    for (std::string_view names = argv[1]; !names.empty();) {
        const auto comma = names.find(',');
        const auto name = names.substr(0, comma);
        if (!refuse_by_name(filter, name)) {
            std::fprintf(stderr, "deny_syscalls: no rule is named '%s'\n", std::string(name).c_str());
            return usage();
        }
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
    if (!filter.install()) {
        std::perror("deny_syscalls: cannot install the filter");
        return 125;
    }
    ::execvp(argv[3], argv + 3);
    std::perror(argv[3]);
    return errno == ENOENT ? 127 : 126;
}
