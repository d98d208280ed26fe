#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"
#include "support/watchdog.hpp"

#include <array>
#include <thread>

namespace {

using namespace integration;

/// Comes back when the child is dead, without any call to the object.
void wait_for_death_unseen(const Popen &p) { ASSERT_TRUE(support::dies_soon(p.pid())); }

/// Gives the answer to a send that nobody reads; where that is not seen at once, what comes after some that were taken.
Transferred refused_in_the_end(Popen &p) {
    Transferred sent = p.send("text");
    if (!support::has(support::Feature::immediacy)) {
        support::eventually([&] {
            return sent.reason == Reason::broken_pipe || (sent = p.send("text")).reason == Reason::broken_pipe;
        });
    }
    return sent;
}

TEST(Recv, tells_nothing_yet_from_data_from_the_end) {
    Popen p({child("echo_back")});
    Received got = p.recv();
    EXPECT_EQ(got.reason, Reason::would_block);
    EXPECT_EQ(got.data, "");
    EXPECT_FALSE(got);

    EXPECT_EQ(p.send("text").bytes, 4u);
    ASSERT_TRUE(support::eventually([&] { return (got = p.recv()).reason != Reason::would_block; }));
    EXPECT_EQ(got.reason, Reason::data);
    EXPECT_EQ(got.data, "text");
    EXPECT_TRUE(got);

    p.close_stdin();
    ASSERT_TRUE(support::eventually([&] { return (got = p.recv()).reason != Reason::would_block; }));
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(got.data, "");
    EXPECT_EQ(settled([&] { return p.recv(); }).reason, Reason::end_of_file);
    EXPECT_EQ(p.eof(Stream::out), Eof::complete);
}

TEST(Recv, gives_what_is_left_after_the_childs_death) {
    Popen p({child("exit_with"), "0", "last words"});
    wait_for_death_unseen(p);
    EXPECT_EQ(settled([&] { return p.recv(); }).data, "last words");
    EXPECT_EQ(settled([&] { return p.recv(); }).reason, Reason::end_of_file);
    EXPECT_EQ(settled([&] { return p.recv_err(); }).reason, Reason::end_of_file);
}

TEST(Recv, gives_at_most_what_was_asked_for_and_keeps_the_rest) {
    Popen p({child("exit_with"), "0", "0123456789"});
    wait_for_death_unseen(p);
    EXPECT_EQ(settled([&] { return p.recv(4); }).data, "0123");
    EXPECT_EQ(settled([&] { return p.recv(1); }).data, "4");
    EXPECT_EQ(settled([&] { return p.recv(); }).data, "56789");
}

TEST(Recv, takes_the_two_outputs_apart) {
    Popen p({child("interleave"), "1"});
    wait_for_death_unseen(p);
    EXPECT_EQ(settled([&] { return p.recv_from(Stream::err); }).data, "err 0\n");
    EXPECT_EQ(settled([&] { return p.recv_from(Stream::out); }).data, "out 0\n");
    EXPECT_EQ(settled([&] { return p.recv_err(); }).reason, Reason::end_of_file);
}

TEST(Recv, fills_the_callers_buffer) {
    Popen p({child("exit_with"), "0", "0123456789"});
    wait_for_death_unseen(p);
    std::array<std::byte, 4> buffer{};
    Transferred got = settled([&] { return p.recv_into(Stream::out, buffer); });
    EXPECT_EQ(got.reason, Reason::data);
    ASSERT_EQ(got.bytes, 4u);
    EXPECT_EQ(std::to_integer<char>(buffer[0]), '0');
    EXPECT_EQ(std::to_integer<char>(buffer[3]), '3');
    EXPECT_EQ(p.recv_into(Stream::out, buffer).bytes, 4u);
    EXPECT_EQ(p.recv_into(Stream::out, buffer).bytes, 2u);
    got = settled([&] { return p.recv_into(Stream::out, buffer); });
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(got.bytes, 0u);
}

TEST(Recv, gives_first_what_a_waiting_call_has_kept) {
    Popen p({child("interleave"), "3"});
    EXPECT_TRUE(p.wait(soon()));
    EXPECT_EQ(p.recv(6).data, "out 0\n");
    const auto rest_of = [&](Stream stream) {
        std::string rest;
        for (;;) {
            const Received got = settled([&] { return p.recv_from(stream); });
            rest += got.data;
            if (got.reason != Reason::data) return rest + to_string(got.reason);
        }
    };
    EXPECT_EQ(rest_of(Stream::out), "out 1\nout 2\nend_of_file");
    EXPECT_EQ(rest_of(Stream::err), "err 0\nerr 1\nerr 2\nend_of_file");
}

TEST(Recv, says_closed_after_we_closed) {
    Popen p({child("never_reads")});
    read_lines(p, 1);
    p.close_output(Stream::out);
    p.close_output(Stream::out);
    EXPECT_EQ(p.recv().reason, Reason::closed);
    EXPECT_EQ(p.asyncread(10ms).reason, Reason::closed);
    EXPECT_EQ(p.eof(Stream::out), Eof::closed);
    EXPECT_EQ(p.recv_err().reason, Reason::would_block);
}

TEST(Recv, drops_what_was_kept_when_we_close) {
    Popen p({child("exit_with"), "0", "kept"});
    EXPECT_TRUE(p.wait(soon()));
    p.close_output(Stream::out);
    const Received got = p.recv();
    EXPECT_EQ(got.reason, Reason::closed);
    EXPECT_EQ(got.data, "");
}

TEST(Recv, of_a_closed_output_ends_a_child_that_goes_on_writing) {
    Popen p({child("flood"), "out", "forever"});
    p.close_output(Stream::out);
    EXPECT_EQ(p.wait(soon()).status, ended_by_broken_pipe());
}

TEST(Send, says_how_much_went_into_a_full_pipe) {
    Popen p({child("never_reads")});
    const std::string big = pattern_bytes(mebibyte);
    const Transferred sent = p.send(big);
    EXPECT_EQ(sent.reason, Reason::would_block);
    EXPECT_GT(sent.bytes, 0u);
    EXPECT_LT(sent.bytes, big.size());
    Transferred again = p.send(big);
    if (!support::has(support::Feature::immediacy)) { // what was taken to be written leaves room when it has gone
        EXPECT_TRUE(support::eventually([&] { return (again = p.send(big)).bytes == 0; }));
    }
    EXPECT_EQ(again.reason, Reason::would_block);
    EXPECT_EQ(again.bytes, 0u);
}

TEST(Send, takes_bytes_of_any_kind) {
    Popen p({child("echo_back")});
    const std::array<std::byte, 3> bytes = {std::byte{0}, std::byte{0xff}, std::byte{'\n'}};
    EXPECT_EQ(p.send(std::span<const std::byte>(bytes)).reason, Reason::data);
    p.close_stdin();
    EXPECT_TRUE(p.wait(soon()));
    EXPECT_EQ(settled([&] { return p.recv(); }).data, std::string("\0\xff\n", 3));
}

TEST(Send, of_nothing_is_done_at_once) {
    Popen p({child("echo_back")});
    const Transferred sent = p.send("");
    EXPECT_EQ(sent.reason, Reason::data);
    EXPECT_EQ(sent.bytes, 0u);
}

TEST(Send, tells_a_dead_reader_from_our_own_closing) {
    Popen dead({child("exit_with"), "0"});
    wait_for_death_unseen(dead);
    EXPECT_EQ(refused_in_the_end(dead).reason, Reason::broken_pipe);
    EXPECT_EQ(dead.send("text").bytes, 0u);

    Popen living({child("echo_back")});
    living.close_stdin();
    living.close_stdin();
    EXPECT_EQ(living.send("text").reason, Reason::closed);
    EXPECT_EQ(living.asyncwrite("text", soon()).reason, Reason::closed);
}

TEST(Send, says_broken_pipe_of_a_living_child_that_has_closed_stdin) {
    BACKCHAT_NEEDS(early_end);
    Popen p({child("closes_stdin_and_runs_on")});
    read_lines(p, 1);
    EXPECT_EQ(refused_in_the_end(p).reason, Reason::broken_pipe);
    EXPECT_FALSE(p.poll());
    p.close_stdin();
    EXPECT_EQ(p.send("text").reason, Reason::closed);
}

TEST(Streams, that_are_not_pipes_of_ours_are_refused) {
    Popen p({child("never_writes")},
            {.in = Redirect::discard(), .out = Redirect::discard(), .err = Redirect::merge_stdout()});
    std::array<std::byte, 4> buffer{};
    EXPECT_THROW(p.send("text"), NotAPipe);
    EXPECT_THROW(p.send(std::span<const std::byte>(buffer)), NotAPipe);
    EXPECT_THROW(p.asyncwrite("text", soon()), NotAPipe);
    EXPECT_THROW(p.recv(), NotAPipe);
    EXPECT_THROW(p.recv_err(), NotAPipe);
    EXPECT_THROW(p.recv_from(Stream::in), NotAPipe);
    EXPECT_THROW(p.recv_into(Stream::out, buffer), NotAPipe);
    EXPECT_THROW(p.asyncread(1ms), NotAPipe);
    EXPECT_THROW(p.communicate("text", soon()), NotAPipe);
    EXPECT_EQ(p.eof(Stream::out), Eof::not_a_pipe);
    EXPECT_EQ(p.communicate(soon()).eof_err, Eof::not_a_pipe);
}

TEST(Streams, that_are_not_pipes_cannot_be_closed_by_us) {
    Popen p({child("never_writes")}, {.in = Redirect::discard(), .out = Redirect::discard()});
    EXPECT_THROW(p.close_output(Stream::out), NotAPipe);
    EXPECT_NO_THROW(p.close_output(Stream::err));
    EXPECT_NO_THROW(p.close_stdin()) << "there is nothing to be closed, and the child reads end of file";
}

TEST(Streams, carry_64_MiB_both_ways_by_hand) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    Popen p({child("echo_back")});
    PatternReader reader;
    for (std::size_t sent = 0; sent < data.size();) {
        const Transferred some = p.send(std::string_view(data).substr(sent));
        ASSERT_THAT(some.reason, testing::AnyOf(Reason::data, Reason::would_block));
        sent += some.bytes;
        const Received got = p.recv();
        ASSERT_THAT(got.reason, testing::AnyOf(Reason::data, Reason::would_block));
        reader.take(got.data);
        if (some.bytes == 0 && !got) std::this_thread::yield();
    }
    p.close_stdin();
    for (Received got; (got = p.recv()).reason != Reason::end_of_file;) {
        ASSERT_THAT(got.reason, testing::AnyOf(Reason::data, Reason::would_block));
        reader.take(got.data);
        if (!got) std::this_thread::yield();
    }
    EXPECT_EQ(reader.count(), data.size());
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

} // namespace
