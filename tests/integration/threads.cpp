#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "support/native_handle.hpp"

#include <future>
#include <optional>
#include <thread>

namespace {

using namespace integration;

/// Runs `call` in another thread.
template <class Call>
auto meanwhile(Call call) {
    return std::async(std::launch::async, std::move(call));
}

TEST(Threads, one_waits_while_another_kills) {
    for (int i = 0; i < 20; ++i) {
        Popen p({child("runs_until_killed")});
        auto waited = meanwhile([&] { return p.wait(soon()); });
        EXPECT_TRUE(p.kill());
        EXPECT_EQ(waited.get().status, ExitStatus::signaled(signal_kill));
    }
}

TEST(Threads, one_waits_while_another_stops) {
    BACKCHAT_NEEDS(polite_signals);
    Popen p({child("ends_on_terminate"), "4"}, askable());
    read_lines(p, 1);
    auto waited = meanwhile([&] { return p.wait(soon()); });
    EXPECT_EQ(static_cast<const ExitStatus &>(p.stop(200ms)), ExitStatus::exited(4));
    EXPECT_EQ(waited.get().status, ExitStatus::exited(4));
}

TEST(Threads, all_that_wait_hear_of_the_end) {
    Popen p({child("never_writes"), "5"});
    std::vector<std::future<Waited>> waits;
    for (int i = 0; i < 8; ++i) waits.push_back(meanwhile([&] { return p.wait(soon()); }));
    auto output = meanwhile([&] { return p.asyncread(soon()); });
    p.close_stdin();
    for (auto &each : waits) EXPECT_EQ(each.get().status, ExitStatus::exited(5));
    EXPECT_EQ(output.get().reason, Reason::end_of_file);
}

TEST(Threads, that_wait_together_sleep) {
    // They must not wake each other in turn: that would look like waiting, and take a processor.
    Popen p({child("never_writes")});
    const auto before = support::processor_time();
    std::vector<std::future<void>> waits;
    for (int i = 0; i < 4; ++i) {
        waits.push_back(meanwhile([&] {
            EXPECT_EQ(p.wait(500ms).reason, Reason::timeout);
            EXPECT_EQ(p.asyncread(500ms).reason, Reason::timeout);
        }));
    }
    for (auto &each : waits) each.get();
    EXPECT_LT(support::processor_time() - before, 250ms);
}

PatternReader read_all_of(Popen &p, Stream stream) {
    PatternReader reader;
    for (;;) {
        const Received got = p.asyncread(soon(), stream);
        reader.take(got.data);
        if (got.reason != Reason::limit) break;
    }
    return reader;
}

TEST(Threads, two_read_two_streams) {
    constexpr std::size_t size = 8 * mebibyte;
    for (const std::size_t limit : {std::size_t{100000}, 64 * mebibyte}) {
        Popen p({child("flood"), "both", std::to_string(size)}, {.buffer_limit = limit});
        auto err = meanwhile([&] { return read_all_of(p, Stream::err); });
        const PatternReader out = read_all_of(p, Stream::out);
        const PatternReader other = err.get();
        EXPECT_EQ(out.count(), size);
        EXPECT_EQ(other.count(), size);
        EXPECT_TRUE(out.intact());
        EXPECT_TRUE(other.intact());
    }
}

TEST(Threads, one_writes_while_another_reads) {
    const std::string data = pattern_bytes(8 * mebibyte);
    Popen p({child("echo_back")}, {.buffer_limit = 100000});
    auto reading = meanwhile([&] { return read_all_of(p, Stream::out); });
    std::size_t sent = 0;
    while (sent < data.size()) {
        const Transferred some = p.asyncwrite(std::string_view(data).substr(sent), soon());
        ASSERT_THAT(some.reason, testing::AnyOf(Reason::data, Reason::limit));
        sent += some.bytes;
    }
    p.close_stdin();
    const PatternReader reader = reading.get();
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
}

TEST(Threads, one_sends_while_another_receives) {
    const std::string data = pattern_bytes(4 * mebibyte);
    Popen p({child("echo_back")});
    auto sending = meanwhile([&] {
        for (std::size_t sent = 0; sent < data.size();) sent += p.send(std::string_view(data).substr(sent)).bytes;
        p.close_stdin();
    });
    PatternReader reader;
    for (Received got; (got = p.recv()).reason != Reason::end_of_file;) reader.take(got.data);
    sending.get();
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
}

TEST(Threads, one_closes_the_input_that_another_writes) {
    Popen p({child("never_reads")});
    auto writing = meanwhile([&] { return p.asyncwrite(pattern_bytes(mebibyte), scaled(15s)); });
    read_lines(p, 1);
    p.close_stdin();
    EXPECT_EQ(writing.get().reason, Reason::closed);
    // Where a write was under way, the pipe stays until that is read; this child never does.
    if (support::has(support::Feature::immediacy)) {
        EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
    }
}

TEST(Threads, one_closes_the_output_that_another_reads) {
    Popen p({child("never_writes")});
    auto reading = meanwhile([&] { return p.asyncread(scaled(15s)); });
    EXPECT_FALSE(p.poll());
    p.close_output(Stream::out);
    EXPECT_EQ(reading.get().reason, Reason::closed);
}

TEST(Threads, one_kills_the_child_that_another_talks_to) {
    Popen p({child("echo_back")});
    auto talking = meanwhile([&] { return p.communicate(pattern_bytes(64 * mebibyte), scaled(15s)); });
    p.kill_tree();
    const Completed done = talking.get();
    EXPECT_EQ(done.reason, Reason::exited);
    EXPECT_EQ(done.status, ExitStatus::signaled(signal_kill));
    EXPECT_TRUE(same_bytes(pattern_bytes(done.out.size()), done.out));
}

TEST(Threads, one_communicates_at_a_time) {
    // What comes out at the side says that the first thread is at it; the pipe there is full soon, and it has to stay.
    const support::Pipe side;
    Popen p({child("copies_descriptor"), "0", "9"}, {.descriptors = {{9, Redirect::handle(side.write.get())}}});
    const std::string data = pattern_bytes(mebibyte);
    auto first = meanwhile([&] { return p.communicate(data, scaled(15s)); });
    ASSERT_EQ(support::read_some(side.read.get(), 1).size(), 1u);
    EXPECT_THROW(p.communicate(0s), std::logic_error);
    EXPECT_THROW(p.communicate("more", 0s), std::logic_error);
    p.kill();
    EXPECT_EQ(first.get().status, ExitStatus::signaled(signal_kill));
}

TEST(Threads, many_ask_at_once_and_get_the_same_answer) {
    Popen p({child("exit_with"), "6"});
    std::vector<std::future<ExitStatus>> answers;
    for (int i = 0; i < 8; ++i) {
        answers.push_back(meanwhile([&] {
            for (;;) {
                if (const auto status = p.poll()) return *status;
                if (support::has(support::Feature::signal_zero)) p.send_signal(0);
                p.usage();
                p.eof(Stream::out);
            }
        }));
    }
    for (auto &each : answers) EXPECT_EQ(each.get(), ExitStatus::exited(6));
}

TEST(Threads, that_spawned_may_be_gone_while_the_child_lives) {
    std::optional<Popen> p;
    std::thread([&] { p.emplace(std::vector<std::string>{child("echo_back")}); }).join();
    EXPECT_EQ(p->communicate("text", soon()).out, "text");
    EXPECT_EQ(p->poll(), ExitStatus::exited(0));
}

} // namespace
