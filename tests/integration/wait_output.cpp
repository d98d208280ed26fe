#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "integration/talk.hpp"

namespace {

using namespace integration;

TEST(WaitOutput, gives_the_next_piece_with_its_stream) {
    Popen p({child("answers_lines")});
    Output got = p.wait_output(soon());
    EXPECT_EQ(got.reason, Reason::data);
    EXPECT_EQ(got.stream, Stream::out);
    EXPECT_EQ(got.data, "hello\n");
    p.send("err oops\n");
    got = p.wait_output(soon());
    EXPECT_EQ(got.stream, Stream::err);
    EXPECT_EQ(got.data, "oops\n");
    p.send("four\n");
    got = p.wait_output(soon());
    EXPECT_EQ(got.stream, Stream::out);
    EXPECT_EQ(got.data, "4\n");
}

TEST(WaitOutput, does_not_wait_longer_than_for_the_first_piece) {
    Popen p({child("answers_lines")});
    const Stopwatch watch;
    EXPECT_EQ(p.wait_output(scaled(15s)).data, "hello\n");
    EXPECT_LT(watch.elapsed(), scaled(5s));
}

TEST(WaitOutput, says_each_end_once_and_then_exited) {
    Popen p({child("exit_with"), "0", "text"});
    std::vector<std::pair<Stream, Reason>> seen;
    std::string text;
    for (Output got; (got = p.wait_output(soon())).reason != Reason::exited;) {
        ASSERT_LT(seen.size(), 10u);
        text += got.data;
        if (got.reason != Reason::data) seen.emplace_back(got.stream, got.reason);
    }
    EXPECT_EQ(text, "text");
    EXPECT_THAT(seen, testing::UnorderedElementsAre(std::pair(Stream::out, Reason::end_of_file),
                                                    std::pair(Stream::err, Reason::end_of_file)));
    EXPECT_EQ(p.wait_output(soon()).reason, Reason::exited);
    EXPECT_EQ(p.poll(), ExitStatus::exited(0));
}

TEST(WaitOutput, times_out_with_nothing) {
    Popen p({child("never_writes")});
    const Stopwatch watch;
    const Output got = p.wait_output(100ms);
    EXPECT_EQ(got.reason, Reason::timeout);
    EXPECT_EQ(got.data, "");
    EXPECT_GE(watch.elapsed(), 100ms);
    EXPECT_LT(watch.elapsed(), scaled(2s));
    EXPECT_EQ(p.wait_output(0s).reason, Reason::timeout);
}

TEST(WaitOutput, gives_all_of_a_flood_on_both_streams) {
    constexpr std::size_t size = 4 * mebibyte;
    Popen p({child("flood"), "both", std::to_string(size)}, {.buffer_limit = 10000});
    PatternReader out, err;
    for (Output got; (got = p.wait_output(soon())).reason != Reason::exited;) {
        ASSERT_NE(got.reason, Reason::timeout);
        (got.stream == Stream::out ? out : err).take(got.data);
    }
    EXPECT_EQ(out.count(), size);
    EXPECT_EQ(err.count(), size);
    EXPECT_TRUE(out.intact());
    EXPECT_TRUE(err.intact());
}

TEST(WaitOutput, ends_when_others_keep_the_streams_open) {
    Lifeline lifeline;
    Popen p({child("holds_pipe"), "silent", "own_session", "exit", "0"}, lifeline.tied());
    const Stopwatch watch;
    Output got;
    while ((got = p.wait_output(soon())).reason == Reason::data) {
    }
    EXPECT_EQ(got.reason, Reason::exited);
    EXPECT_LT(watch.elapsed(), scaled(3s));
    lifeline.cut();
}

TEST(WaitOutput, waits_for_the_child_that_has_closed_its_outputs) {
    BACKCHAT_NEEDS(early_end);
    Popen p({child("closes_stdout_and_runs_on"), "7"});
    int ends = 0;
    Output got;
    while ((got = p.wait_output(200ms)).reason != Reason::timeout) {
        if (got.reason == Reason::end_of_file) ++ends;
        ASSERT_NE(got.reason, Reason::exited);
    }
    EXPECT_EQ(ends, 2);
    p.close_stdin();
    EXPECT_EQ(p.wait_output(soon()).reason, Reason::exited);
}

TEST(WaitOutput, of_one_stream_keeps_the_other) {
    Popen p({child("interleave"), "2"});
    std::string err;
    for (Output got; (got = p.wait_output(Stream::err, soon())).reason == Reason::data;) {
        EXPECT_EQ(got.stream, Stream::err);
        err += got.data;
    }
    EXPECT_EQ(err, "err 0\nerr 1\n");
    std::string out;
    Output got;
    while ((got = p.wait_output(Stream::out, soon())).reason == Reason::data) out += got.data;
    EXPECT_EQ(out, "out 0\nout 1\n");
    EXPECT_EQ(got.reason, Reason::end_of_file);
    EXPECT_EQ(got.stream, Stream::out);
    EXPECT_EQ(p.wait_output(Stream::out, soon()).reason, Reason::exited);
}

TEST(WaitOutput, of_one_stream_says_limit_when_the_other_is_full) {
    Popen p({child("flood"), "out", "forever"}, {.buffer_limit = 10000});
    EXPECT_EQ(p.wait_output(Stream::err, soon()).reason, Reason::limit);
    EXPECT_GE(p.recv(mebibyte).data.size(), 10000u);
}

TEST(WaitOutput, of_one_stream_needs_a_pipe) {
    Popen p({child("echo_back")}, {.err = Redirect::discard()});
    EXPECT_THROW(p.wait_output(Stream::err, 0s), NotAPipe);
    EXPECT_EQ(p.wait_output(Stream::out, 0s).reason, Reason::timeout);
}

TEST(WaitOutput, of_a_child_without_pipes_waits_for_its_exit) {
    Popen p({child("never_writes"), "3"}, {.out = Redirect::discard(), .err = Redirect::discard()});
    EXPECT_EQ(p.wait_output(10ms).reason, Reason::timeout);
    p.close_stdin();
    EXPECT_EQ(p.wait_output(soon()).reason, Reason::exited);
    EXPECT_EQ(p.poll(), ExitStatus::exited(3));
}

} // namespace
