#pragma once

/// What one writes by hand when there is no library: the floor, and the peers that the C library offers.

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bench::by_hand {

inline void require(bool fine, const char *what) {
    if (!fine) throw std::system_error(errno, std::system_category(), what);
}

class Fd {
public:
    Fd() = default;
    explicit Fd(int number) : number_(number) {}
    Fd(Fd &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Fd &operator=(Fd &&other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Fd() { reset(); }

    int get() const { return number_; }
    void reset() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_ = -1;
};

/// Our ends of the pipes, which do not block, or none.
struct Child {
    pid_t pid = -1;
    Fd in;
    Fd out;
    Fd err;
};

inline std::vector<char *> pointers(const std::vector<std::string> &argv) {
    std::vector<char *> result;
    for (const std::string &each : argv) result.push_back(const_cast<char *>(each.c_str()));
    result.push_back(nullptr);
    return result;
}

/// The child has our streams.
inline Child posix_spawn(const std::vector<std::string> &argv) {
    Child child;
    errno = ::posix_spawnp(&child.pid, argv[0].c_str(), nullptr, nullptr, pointers(argv).data(), environ);
    require(errno == 0, "posix_spawnp");
    return child;
}

/// The child has a pipe for each of its streams.
inline Child posix_spawn_with_pipes(const std::vector<std::string> &argv) {
    Child child;
    std::array<Fd, 3> childs;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (int stream = 0; stream < 3; ++stream) {
        int ends[2];
        require(::pipe2(ends, O_CLOEXEC) == 0, "pipe2");
        if (stream == 0) std::swap(ends[0], ends[1]);
        (stream == 0 ? child.in : stream == 1 ? child.out : child.err) = Fd(ends[0]);
        childs[static_cast<std::size_t>(stream)] = Fd(ends[1]);
        require(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0, "fcntl");
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], stream);
    }
    errno = ::posix_spawnp(&child.pid, argv[0].c_str(), &actions, nullptr, pointers(argv).data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    require(errno == 0, "posix_spawnp");
    return child;
}

/// The child has our streams.
inline Child fork_and_exec(const std::vector<std::string> &argv) {
    const std::vector<char *> arguments = pointers(argv);
    Child child;
    child.pid = ::fork();
    if (child.pid == 0) {
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    require(child.pid > 0, "fork");
    return child;
}

inline void wait(const Child &child) {
    siginfo_t info;
    require(::waitid(P_PID, static_cast<id_t>(child.pid), &info, WEXITED) == 0, "waitid");
    if (info.si_code != CLD_EXITED || info.si_status != 0) {
        errno = ECHILD;
        require(false, "a child of the benchmark has failed");
    }
}

/// Sends all of `input`, closes the child's stdin, and reads both outputs to their ends: poll, read, write.
struct Exchange {
    std::string out;
    std::string err;

    Exchange(Child &child, std::string_view input) {
        std::array<char, 65536> piece;
        std::array<std::pair<Fd *, std::string *>, 2> outputs{{{&child.out, &out}, {&child.err, &err}}};
        if (input.empty()) child.in.reset();
        while (child.in.get() >= 0 || child.out.get() >= 0 || child.err.get() >= 0) {
            std::array<pollfd, 3> questions{
                {{child.in.get(), POLLOUT, 0}, {child.out.get(), POLLIN, 0}, {child.err.get(), POLLIN, 0}}};
            require(::poll(questions.data(), questions.size(), -1) >= 0, "poll");
            if (questions[0].revents != 0) {
                const ssize_t n = ::write(child.in.get(), input.data(), input.size());
                require(n >= 0 || errno == EAGAIN, "write");
                if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
                if (input.empty()) child.in.reset();
            }
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                auto &[end, text] = outputs[i];
                if (questions[i + 1].revents == 0) continue;
                const ssize_t n = ::read(end->get(), piece.data(), piece.size());
                require(n >= 0, "read");
                if (n > 0) text->append(piece.data(), static_cast<std::size_t>(n));
                else end->reset();
            }
        }
    }
};

} // namespace bench::by_hand
