/// Each call of each function that the library makes, failing once: whatever the answer is, it is the right one or an
/// error that names the step, and nothing is left behind.
#include "calls.hpp"
#include "fault/faulty_calls.hpp"
#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"
#include "support/unix/descriptors.hpp"
#include "support/watchdog.hpp"

#include <csignal>
#include <cstring>
#include <optional>

#include <sys/wait.h>

namespace {

using namespace integration;
using faulty::Call;
using faulty::Counting;
using faulty::Fault;
using faulty::Pause;
using support::Feature;

/// Something to do with children. Returns normally when all is as it should be, fails when an answer is wrong, and may
/// let an Error go.
struct Scenario {
    const char *name;
    void (*run)();
};

void PrintTo(const Scenario &scenario, std::ostream *to) { *to << scenario.name; }

/// True when an answer says itself that the system refused to read, write or wait for it.
bool admits_failure(const Completed &done) {
    return done.eof_out == Eof::failed || done.eof_err == Eof::failed || done.reason != Reason::exited;
}

void talk() {
    Popen p({child("echo_to_both")});
    const std::string data = pattern_bytes(200000);
    const Completed done = p.communicate(data, soon());
    // All bytes where all is said to be well, and never a wrong one.
    EXPECT_TRUE(same_bytes(data.substr(0, done.out.size()), done.out));
    EXPECT_TRUE(same_bytes(data.substr(0, done.err.size()), done.err));
    if (admits_failure(done) || done.bytes_sent < data.size()) return;
    EXPECT_EQ(done.out.size(), data.size());
    EXPECT_EQ(done.err.size(), data.size());
    EXPECT_THAT(done.status, testing::AnyOf(ExitStatus::exited(0), ExitStatus::unknown()));
}

void spawn_with_everything() {
    const support::TemporaryDirectory folder;
    const auto input = folder.write("input", "text");
    Options options{.in = Redirect::read_file(input),
                    .err = Redirect::truncate_file(folder.path("err")),
                    .descriptors = {{9, Redirect::discard()}, {10, Redirect::handle(1)}},
                    .cwd = folder.path(),
                    .new_session = true,
                    .umask = 022,
                    .nice = 1,
                    .limits = {{Resource::core_size, 0, 0}},
                    .pipe_capacity = 4096};
    if (support::has(Feature::cpu_affinity)) options.cpu_affinity = {0};
    if (support::has(Feature::no_new_privs)) options.no_new_privs = true;
    if (::geteuid() == 0) {
        options.uid = 0;
        options.gid = 0;
        options.groups = {0};
    }
    Popen p({child("echo_back")}, options);
    const Completed done = p.communicate(soon());
    EXPECT_TRUE(admits_failure(done) || done.out == "text") << done.out;
}

void fail_to_spawn() {
    try {
        Popen p({"/no/such/program"});
        // When the new process cannot even write to the pipe that tells of failures, nobody knows what happened to it.
        if (!faulty::told_by_a_pipe_alone) ADD_FAILURE() << "spawned what is not there";
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(127));
    } catch (const SpawnError &error) {
        EXPECT_TRUE(error.stage() != Stage::exec || error.code() != std::error_code()) << error.what();
    }
}

void kill_a_tree() {
    Popen p({child("starts_tree"), "same_group", "own_session"});
    const auto pids = numbers_in(support::split(read_lines(p, 3)));
    const TreeReport report = p.kill_tree(500ms);
    const Pause pause;
    for (const auto &each : report.killed) EXPECT_FALSE(support::is_alive(each.pid));
    // A look that failed may have hidden a descendant, which the destructor would not find either.
    for (const auto pid : pids) ::kill(static_cast<pid_t>(pid), SIGKILL);
}

void stop_politely() {
    Popen p({child("ends_on_terminate"), "7"});
    read_lines(p, 1);
    const Stopped stopped = p.stop(40ms);
    EXPECT_TRUE(stopped.ended);
    EXPECT_THAT(static_cast<const ExitStatus &>(stopped),
                testing::AnyOf(ExitStatus::exited(7), ExitStatus::signaled(SIGKILL), ExitStatus::unknown()));
}

void write_and_read() {
    Popen p({child("echo_back")});
    const std::string data = pattern_bytes(100000);
    const Transferred sent = p.asyncwrite(data, soon());
    p.close_stdin();
    const Received got = p.asyncread(soon());
    EXPECT_TRUE(same_bytes(data.substr(0, got.data.size()), got.data));
    if (sent.reason == Reason::data && got.reason == Reason::end_of_file) {
        EXPECT_EQ(got.data.size(), data.size());
    } else {
        EXPECT_TRUE(sent.error || got.error) << to_string(sent.reason) << ' ' << to_string(got.reason);
    }
}

void cut_off_a_holder() {
    std::optional<Pause> pause(std::in_place);
    Lifeline lifeline;
    const auto options = lifeline.tied({.linger = {.idle = 10ms, .total = 10ms}});
    pause.reset();
    Popen p({child("holds_pipe"), "silent", "own_session", "exit", "3"}, options);
    const Completed done = p.communicate(soon());
    if (admits_failure(done)) return;
    EXPECT_EQ(done.eof_out, Eof::cut);
    EXPECT_EQ(support::split(done.out).size(), 1u);
}

void destroy() { const Popen p({child("runs_until_killed")}); }

void send_to_the_dead() {
    Popen p({child("exit_with"), "0"});
    p.wait(soon());
    EXPECT_THAT(p.send("text").reason, testing::AnyOf(Reason::broken_pipe, Reason::failed));
}

constexpr Scenario scenarios[] = {
    {"talk", talk},
    {"spawn_with_everything", spawn_with_everything},
    {"fail_to_spawn", fail_to_spawn},
    {"kill_a_tree", kill_a_tree},
    {"stop_politely", stop_politely},
    {"write_and_read", write_and_read},
    {"cut_off_a_holder", cut_off_a_holder},
    {"destroy", destroy},
    {"send_to_the_dead", send_to_the_dead},
};

/// The calls that may fail: all functions, and the system calls that are made by number.
std::vector<Call> all_calls() {
    auto calls = faulty::functions();
    for (const long number : faulty::numbers) calls.push_back({"syscall", number});
    return calls;
}

std::string name_of(const Call &call) { return call.number < 0 ? call.name : "syscall " + std::to_string(call.number); }

bool is(const Call &call, const Call &other) {
    return std::strcmp(call.name, other.name) == 0 && call.number == other.number;
}

/// Whether the system may answer so. Without waiting no child could be reaped, without a signal none ended, and no
/// SIGPIPE taken back: there is no going on after errors that these calls never give.
bool possible(const Call &call, int error) {
    if (is(call, {"kill"})) return false;
    for (const Call &each : {faulty::reap, faulty::take_signal, Call{"waitid"}, Call{"waitpid"}})
        if (is(call, each)) return error == EINTR;
    if (is(call, faulty::send_signal)) return error == ENOSYS || error == EPERM;
    return true;
}

class EveryCall : public testing::TestWithParam<Scenario> {
protected:
    /// Runs the scenario with one failing call, and looks whether anything is left.
    void run_with(const Call &call, int error, int after, int times) {
        SCOPED_TRACE(name_of(call) + " fails with " + std::strerror(error) + " after " + std::to_string(after));
        const auto descriptors = support::open_descriptors();
        {
            const Fault fault(call, error, after, times);
            try {
                GetParam().run();
            } catch (const Error &thrown) {
                // The step may have failed for a reason of its own in consequence, but has to be named.
                EXPECT_STRNE(to_string(thrown.stage()), "");
                EXPECT_FALSE(thrown.program().empty()) << thrown.what();
                EXPECT_NE(thrown.code().value(), 0) << thrown.what();
            } catch (const std::runtime_error &ended) {
                // read_lines() of a stream that failed
                EXPECT_THAT(ended.what(), testing::HasSubstr("reading ended"));
            }
        }
        // Where even waiting was refused, a thread reaps the child in a moment.
        EXPECT_TRUE(support::eventually([] { return support::children_of_ours().empty(); }, 2s));
        EXPECT_TRUE(support::eventually([&] { return support::open_descriptors() == descriptors; }, 2s));
        clean_up();
    }

    /// Out of the way of what comes.
    static void clean_up() {
        for (const auto &left : support::marked_descendants()) ::kill(static_cast<pid_t>(left.pid), SIGKILL);
        for (const auto &left : support::children_of_ours()) ::waitpid(static_cast<pid_t>(left.pid), nullptr, __WALL);
    }

    int count_of(const Call &call) {
        const Counting counting;
        GetParam().run();
        return counting.of(call);
    }
};

TEST_P(EveryCall, may_fail_once) {
    support::allow_time(300s);
    int faults = 0;
    for (const auto &call : all_calls()) {
        const int count = std::min(count_of(call), 10); // the rest are repetitions of the same
        for (int after = 0; after < count && !HasFailure(); ++after) {
            for (const int error : {ENOMEM, EINTR}) {
                if (!possible(call, error)) continue;
                run_with(call, error, after, 1);
                ++faults;
            }
        }
    }
    EXPECT_GT(faults, 20);
}

TEST_P(EveryCall, may_fail_always) {
    support::allow_time(300s);
    for (const auto &call : all_calls()) {
        if (count_of(call) == 0) continue;
        if (HasFailure()) break;
        for (const int error : {ENOSYS, EMFILE, EPERM}) {
            if (possible(call, error)) run_with(call, error, 0, Fault::always);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Fault, EveryCall, testing::ValuesIn(scenarios),
                         [](const auto &test) { return std::string(test.param.name); });

} // namespace
