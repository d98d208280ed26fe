#include "integration/talk.hpp"
#include "support/host.hpp"

#include <atomic>
#include <csignal>
#include <thread>

#include <unistd.h>

namespace {

using namespace integration;

/// A disposition of ours for as long as this lives.
class OurDisposition {
public:
    OurDisposition(int number, void (*handler)(int)) : number_(number) {
        struct sigaction action = {};
        action.sa_handler = handler;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, &before_);
    }
    OurDisposition(const OurDisposition &) = delete;
    OurDisposition &operator=(const OurDisposition &) = delete;
    ~OurDisposition() { ::sigaction(number_, &before_, nullptr); }

private:
    int number_;
    struct sigaction before_ = {};
};

/// Signals that this thread blocks for as long as this lives.
class OurMask {
public:
    explicit OurMask(std::initializer_list<int> numbers) {
        sigset_t set;
        sigemptyset(&set);
        for (const int number : numbers) sigaddset(&set, number);
        ::pthread_sigmask(SIG_BLOCK, &set, &before_);
    }
    OurMask(const OurMask &) = delete;
    OurMask &operator=(const OurMask &) = delete;
    ~OurMask() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_;
};

void do_nothing(int) {}

std::vector<int> blocked_here() {
    sigset_t set;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &set);
    std::vector<int> numbers;
    for (int number = 1; number < NSIG; ++number) {
        if (sigismember(&set, number) == 1) numbers.push_back(number);
    }
    return numbers;
}

std::string numbers(std::initializer_list<int> list) {
    std::string text;
    for (const int number : list) text += (text.empty() ? "" : " ") + std::to_string(number);
    return text;
}

TEST(Signals, of_the_child_are_at_their_defaults) {
    const OurMask mask{SIGUSR1, SIGTERM, SIGRTMIN + 1};
    const OurDisposition ignored(SIGUSR2, SIG_IGN);
    const OurDisposition pipe_ignored(SIGPIPE, SIG_IGN);
    const OurDisposition handled(SIGHUP, do_nothing);
    const auto said = support::named_values(output_of({child("print_signal_state")}));
    EXPECT_EQ(said.at("blocked"), "");
    EXPECT_EQ(said.at("ignored"), "");
    EXPECT_EQ(said.at("pending"), "");
}

TEST(Signals, of_the_child_are_ours_when_asked) {
    const OurMask mask{SIGUSR1, SIGTERM};
    const OurDisposition ignored(SIGUSR2, SIG_IGN);
    const OurDisposition handled(SIGHUP, do_nothing);
    const auto said = support::named_values(output_of({child("print_signal_state")}, {.signals = Signals::inherit}));
    EXPECT_EQ(said.at("blocked"), numbers({SIGUSR1, SIGTERM}));
    EXPECT_EQ(said.at("ignored"), numbers({SIGUSR2}));
}

TEST(Signals, that_we_handle_are_at_their_default_in_the_child) {
    const OurDisposition handled(SIGTERM, do_nothing);
    for (const auto signals : {Signals::defaults, Signals::inherit}) {
        Popen p({child("runs_until_killed")}, {.signals = signals});
        EXPECT_TRUE(p.terminate());
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(SIGTERM));
    }
}

TEST(Signals, blocked_by_us_are_the_same_after_a_spawn) {
    const OurMask mask{SIGUSR1, SIGINT};
    const auto before = blocked_here();
    const Popen good({child("echo_back")});
    EXPECT_EQ(blocked_here(), before);
    EXPECT_THROW(Popen({"/no/such/program"}), SpawnError);
    EXPECT_EQ(blocked_here(), before);
    EXPECT_THROW(Popen({child("echo_back")}, {.cwd = "/no/such/folder"}), SpawnError);
    EXPECT_EQ(blocked_here(), before);
}

std::atomic<int> handled_here{0};
std::atomic<int> handled_elsewhere{0};
std::atomic<pid_t> our_number{0};

void note_who_handles(int) { ++(::getpid() == our_number ? handled_here : handled_elsewhere); }

BACKCHAT_HOST(is_hit_with_its_children) {
    // A group of our own, so that the signals hit our children at every moment from their birth, and nobody else.
    ASSERT_EQ(::setpgid(0, 0), 0);
    our_number = ::getpid();
    const OurDisposition handled(SIGUSR1, note_who_handles);
    std::atomic<bool> done{false};
    std::thread sender([&done] {
        while (!done) {
            ::kill(0, SIGUSR1);
            std::this_thread::yield();
        }
    });
    for (int i = 0; i < 100; ++i) {
        Popen p({child("exit_with"), "3"});
        EXPECT_THAT(p.wait(soon()).status, testing::AnyOf(ExitStatus::exited(3), ExitStatus::signaled(SIGUSR1)));
    }
    done = true;
    sender.join();
    EXPECT_GT(handled_here, 0);
    EXPECT_EQ(handled_elsewhere, 0);
}

TEST(Signals, handlers_of_ours_never_run_in_the_child) {
    // Until exec, the child may share our memory: a handler of ours that ran there would change what we have.
    support::expect_host_succeeds("is_hit_with_its_children");
}

TEST(Signals, that_interrupt_our_waits_cut_nothing_short) {
    const OurDisposition handled(SIGUSR1, do_nothing);
    Popen p({child("never_reads")});
    std::atomic<bool> done{false};
    std::thread sender([&done, waiting = ::pthread_self()] {
        while (!done) {
            ::pthread_kill(waiting, SIGUSR1);
            std::this_thread::yield();
        }
    });
    const Stopwatch watch;
    EXPECT_EQ(p.wait(300ms).reason, Reason::timeout);
    EXPECT_GE(watch.elapsed(), 300ms);
    EXPECT_EQ(p.asyncread(100ms).data, "ready\n");
    EXPECT_GE(watch.elapsed(), 400ms);
    done = true;
    sender.join();
    EXPECT_LT(watch.elapsed(), scaled(5s));
}

TEST(Signals, of_the_pipe_never_reach_us) {
    struct sigaction before = {};
    ::sigaction(SIGPIPE, nullptr, &before);
    ASSERT_EQ(before.sa_handler, SIG_DFL) << "the test needs the disposition that would end us";
    Popen p({child("exit_with"), "0"});
    EXPECT_TRUE(p.wait(soon()));
    EXPECT_EQ(p.send("text").reason, Reason::broken_pipe);
    EXPECT_EQ(p.asyncwrite("text", soon()).reason, Reason::broken_pipe);
    struct sigaction after = {};
    ::sigaction(SIGPIPE, nullptr, &after);
    EXPECT_EQ(after.sa_handler, SIG_DFL);
    sigset_t pending;
    ::sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
}

TEST(Signals, of_the_pipe_that_were_pending_before_stay_pending) {
    const OurMask mask{SIGPIPE};
    ::pthread_kill(::pthread_self(), SIGPIPE);
    Popen p({child("exit_with"), "0"});
    EXPECT_TRUE(p.wait(soon()));
    EXPECT_EQ(p.send("text").reason, Reason::broken_pipe);
    sigset_t pending;
    ::sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 1);
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    int taken = 0;
    sigwait(&pipe, &taken);
    EXPECT_EQ(taken, SIGPIPE);
}

} // namespace
