#include "integration/big_data.hpp"
#include "integration/talk.hpp"

#ifdef __cpp_lib_jthread

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace {

using namespace integration;

/// Asks to stop as soon as `child_is_ready` holds, from another thread.
class Canceller {
public:
    explicit Canceller(std::chrono::nanoseconds after = 50ms)
        : thread_([this, after] {
              // There is no telling from outside that a call waits; a moment makes it all but sure, and if it is not
              // the test still holds.
              std::unique_lock lock(mutex_);
              done_.wait_for(lock, after, [] { return false; });
              source_.request_stop();
          }) {}
    ~Canceller() { thread_.join(); }
    std::stop_token token() const { return source_.get_token(); }

private:
    std::mutex mutex_;
    std::condition_variable done_;
    std::stop_source source_;
    std::thread thread_;
};

/// Says that a call was cancelled at once, not at its deadline.
class AtOnce {
public:
    ~AtOnce() { EXPECT_LT(watch_.elapsed(), scaled(5s)); }

private:
    Stopwatch watch_;
};

TEST(Cancel, ends_wait) {
    Popen p({child("never_reads")});
    const Canceller canceller;
    const AtOnce at_once;
    const Waited waited = p.wait({forever, canceller.token()});
    EXPECT_EQ(waited.reason, Reason::cancelled);
    EXPECT_FALSE(waited.status);
    EXPECT_EQ(p.recv().data, "ready\n") << "what was drained is kept";
}

TEST(Cancel, ends_asyncread_with_what_has_arrived) {
    Popen p({child("echo_back")});
    p.send("text");
    EXPECT_EQ(read_until_text(p, "text"), "text");
    p.send("more");
    const Canceller canceller(200ms);
    const AtOnce at_once;
    const Received got = p.asyncread({15s, canceller.token()});
    EXPECT_EQ(got.reason, Reason::cancelled);
    EXPECT_EQ(got.data, "more");
}

TEST(Cancel, ends_asyncwrite_and_says_how_much_went) {
    Popen p({child("never_reads")});
    const std::string data = pattern_bytes(mebibyte);
    const Canceller canceller;
    const AtOnce at_once;
    const Transferred sent = p.asyncwrite(data, {support::Clock::now() + 15s, canceller.token()});
    EXPECT_EQ(sent.reason, Reason::cancelled);
    EXPECT_GT(sent.bytes, 0u);
    EXPECT_LT(sent.bytes, data.size());
}

TEST(Cancel, ends_wait_output) {
    Popen p({child("never_writes")});
    const Canceller canceller;
    const AtOnce at_once;
    EXPECT_EQ(p.wait_output({forever, canceller.token()}).reason, Reason::cancelled);
}

TEST(Cancel, ends_communicate_which_goes_on_later) {
    const std::string data = pattern_bytes(16 * mebibyte);
    Popen p({child("echo_back")});
    std::stop_source now;
    now.request_stop();
    Completed part;
    PatternReader reader;
    {
        const AtOnce at_once;
        part = p.communicate(data, {forever, now.get_token()});
    }
    EXPECT_EQ(part.reason, Reason::cancelled);
    EXPECT_FALSE(part.status);
    reader.take(part.out);
    {
        const Canceller canceller(1ms);
        part = p.communicate({forever, canceller.token()});
        reader.take(part.out);
    }
    part = p.communicate(soon());
    reader.take(part.out);
    EXPECT_EQ(part.status, ExitStatus::exited(0));
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
}

TEST(Cancel, ends_run_and_its_tree) {
    const Canceller canceller(200ms);
    const AtOnce at_once;
    const Completed r = run({child("starts_tree"), "same_group"},
                            {.grace = scaled(10s), .cancel = canceller.token(), .spawn = askable(reachable())});
    EXPECT_EQ(r.reason, Reason::cancelled);
    EXPECT_EQ(r.status, ended_when_asked());
}

TEST(Cancel, that_came_before_ends_each_call_at_once) {
    std::stop_source source;
    source.request_stop();
    const Deadline cancelled{forever, source.get_token()};
    const std::string data = pattern_bytes(mebibyte);
    Popen p({child("never_reads")});
    const AtOnce at_once;
    EXPECT_EQ(p.wait(cancelled).reason, Reason::cancelled);
    EXPECT_EQ(p.asyncread(cancelled).reason, Reason::cancelled);
    EXPECT_EQ(p.asyncwrite(data, cancelled).reason, Reason::cancelled);
    EXPECT_EQ(p.communicate(cancelled).reason, Reason::cancelled);
    EXPECT_EQ(run({child("runs_until_killed")}, {.grace = 0ns, .cancel = source.get_token()}).reason,
              Reason::cancelled);
}

TEST(Cancel, that_never_comes_changes_nothing) {
    std::stop_source source;
    Popen p({child("exit_with"), "0", "text"});
    EXPECT_EQ(p.asyncread({soon().at(), source.get_token()}).data, "text");
    EXPECT_EQ(p.wait({forever, source.get_token()}).status, ExitStatus::exited(0));
}

TEST(Cancel, of_one_thread_leaves_the_others_waiting) {
    Popen p({child("never_writes"), "3"});
    Waited other;
    std::thread waiting([&] { other = p.wait(scaled(15s)); });
    {
        const Canceller canceller;
        EXPECT_EQ(p.wait({forever, canceller.token()}).reason, Reason::cancelled);
    }
    p.close_stdin();
    waiting.join();
    EXPECT_EQ(other.status, ExitStatus::exited(3));
}

} // namespace

#endif
