#include "core/conversation.hpp"

#include "unit/fake_time.hpp"
#include "unit/print.hpp"

#include <gtest/gtest.h>

namespace {

using namespace unit;
using namespace backchat;
using core::Conversation;

constexpr Stream outputs[] = {Stream::out, Stream::err};

Options with_limit(std::size_t bytes) {
    Options options;
    options.buffer_limit = bytes;
    return options;
}

Options without_pipes() {
    return {.in = Redirect::inherit(), .out = Redirect::discard(), .err = Redirect::merge_stdout()};
}

void exit_at(Conversation &talk, std::chrono::nanoseconds when) { talk.on_exit(ExitStatus::exited(0), {}, at(when)); }

TEST(Conversation, begins_with_all_streams_open) {
    const Conversation talk(Options{});
    for (const Stream stream : outputs) {
        EXPECT_TRUE(talk.is_pipe(stream));
        EXPECT_EQ(talk.eof(stream), Eof::open);
        EXPECT_TRUE(talk.wants(stream));
        EXPECT_TRUE(talk.bytes(stream).empty());
        EXPECT_EQ(talk.quiet_reason(stream), Reason::would_block);
    }
    EXPECT_TRUE(talk.is_pipe(Stream::in));
    EXPECT_EQ(talk.input_end(), std::nullopt);
    EXPECT_TRUE(talk.listening());
    EXPECT_FALSE(talk.finished());
    EXPECT_EQ(talk.status(), std::nullopt);
    EXPECT_EQ(talk.cut_at(), never);
}

TEST(Conversation, knows_which_streams_are_pipes) {
    const Conversation talk(without_pipes());
    for (const Stream stream : {Stream::in, Stream::out, Stream::err}) EXPECT_FALSE(talk.is_pipe(stream));
    for (const Stream stream : outputs) {
        EXPECT_EQ(talk.eof(stream), Eof::not_a_pipe);
        EXPECT_FALSE(talk.wants(stream));
    }
    EXPECT_FALSE(talk.listening());

    const Conversation one({.out = Redirect::inherit()});
    EXPECT_FALSE(one.is_pipe(Stream::out));
    EXPECT_TRUE(one.is_pipe(Stream::err));
    EXPECT_TRUE(one.listening());
}

TEST(Conversation, keeps_the_outputs_apart) {
    Conversation talk(Options{});
    talk.on_data(Stream::out, "to out ", at(1s));
    talk.on_data(Stream::err, "to err", at(1s));
    talk.on_data(Stream::out, "again", at(2s));
    EXPECT_EQ(talk.bytes(Stream::out).view(), "to out again");
    EXPECT_EQ(talk.bytes(Stream::err).view(), "to err");
}

TEST(Conversation, wants_no_more_of_an_output_that_is_full) {
    Conversation talk(with_limit(4));
    talk.on_data(Stream::out, "abc", start);
    EXPECT_TRUE(talk.wants(Stream::out));
    EXPECT_FALSE(talk.stuck());
    talk.on_data(Stream::out, "de", start);
    EXPECT_TRUE(talk.full(Stream::out));
    EXPECT_FALSE(talk.wants(Stream::out));
    EXPECT_TRUE(talk.wants(Stream::err)) << "the other has room";
    EXPECT_TRUE(talk.stuck());
    EXPECT_TRUE(talk.listening());

    EXPECT_EQ(talk.bytes(Stream::out).take(2), "ab");
    EXPECT_TRUE(talk.wants(Stream::out));
    EXPECT_FALSE(talk.stuck());
}

TEST(Conversation, takes_at_least_one_byte_whatever_the_limit) {
    const Conversation talk(with_limit(0));
    EXPECT_TRUE(talk.wants(Stream::out));
    EXPECT_FALSE(talk.stuck());
}

TEST(Conversation, disregards_the_limit_when_all_is_handed_over) {
    Conversation talk(with_limit(4));
    talk.on_data(Stream::out, "abcd", start);
    talk.lift_limit(true);
    EXPECT_FALSE(talk.full(Stream::out));
    EXPECT_TRUE(talk.wants(Stream::out));
    EXPECT_FALSE(talk.stuck());
    talk.lift_limit(false);
    EXPECT_TRUE(talk.stuck());
}

TEST(Conversation, is_not_stuck_on_an_output_that_has_ended) {
    Conversation talk(with_limit(4));
    talk.on_data(Stream::err, "abcd", start);
    talk.on_end(Stream::err, Reason::end_of_file);
    EXPECT_FALSE(talk.stuck());
    EXPECT_EQ(talk.bytes(Stream::err).view(), "abcd");
}

TEST(Conversation, tells_how_an_output_ended) {
    Conversation talk(Options{});
    talk.on_end(Stream::out, Reason::end_of_file);
    EXPECT_EQ(talk.eof(Stream::out), Eof::complete);
    EXPECT_EQ(talk.quiet_reason(Stream::out), Reason::end_of_file);
    EXPECT_FALSE(talk.wants(Stream::out));
    EXPECT_TRUE(talk.listening()) << "to stderr";

    talk.on_end(Stream::err, Reason::failed, std::make_error_code(std::errc::io_error));
    EXPECT_EQ(talk.eof(Stream::err), Eof::failed);
    EXPECT_EQ(talk.quiet_reason(Stream::err), Reason::failed);
    EXPECT_EQ(talk.error(Stream::err), std::errc::io_error);
    EXPECT_EQ(talk.error(Stream::out), std::error_code());
    EXPECT_FALSE(talk.listening());
}

TEST(Conversation, keeps_what_came_before_the_end) {
    Conversation talk(Options{});
    talk.on_data(Stream::out, "last words", start);
    talk.on_end(Stream::out, Reason::end_of_file);
    EXPECT_EQ(talk.bytes(Stream::out).view(), "last words");
}

TEST(Conversation, drops_what_was_buffered_of_an_output_that_we_close) {
    Conversation talk(Options{});
    talk.on_data(Stream::out, "unwanted", start);
    talk.on_closed(Stream::out);
    EXPECT_TRUE(talk.bytes(Stream::out).empty());
    EXPECT_EQ(talk.eof(Stream::out), Eof::closed);
    EXPECT_EQ(talk.quiet_reason(Stream::out), Reason::closed);
    EXPECT_FALSE(talk.wants(Stream::out));
    EXPECT_TRUE(talk.wants(Stream::err));
}

TEST(Conversation, tells_why_the_input_ended) {
    Conversation closed(Options{});
    closed.on_closed(Stream::in);
    EXPECT_EQ(closed.input_end(), Reason::closed);
    EXPECT_TRUE(closed.listening());

    Conversation broken(Options{});
    broken.on_input_end(Reason::broken_pipe);
    EXPECT_EQ(broken.input_end(), Reason::broken_pipe);
    EXPECT_EQ(broken.input_error(), std::error_code());

    Conversation failed(Options{});
    failed.on_input_end(Reason::failed, std::make_error_code(std::errc::io_error));
    EXPECT_EQ(failed.input_end(), Reason::failed);
    EXPECT_EQ(failed.input_error(), std::errc::io_error);
}

TEST(Conversation, keeps_the_first_status) {
    Conversation talk(Options{});
    talk.on_exit(ExitStatus::exited(3), {.max_rss_bytes = 7}, at(1s));
    talk.on_exit(ExitStatus::unknown(), {}, at(5s));
    EXPECT_EQ(talk.status(), ExitStatus::exited(3));
    EXPECT_EQ(talk.usage().max_rss_bytes, 7u);
    EXPECT_EQ(talk.cut_at(), at(1s + 200ms));
}

TEST(Conversation, is_finished_when_child_and_outputs_have_ended_in_whatever_order) {
    for (int order = 0; order < 6; ++order) {
        Conversation talk(Options{});
        const auto end = [&](int what) {
            if (what == 0) talk.on_end(Stream::out, Reason::end_of_file);
            if (what == 1) talk.on_end(Stream::err, Reason::end_of_file);
            if (what == 2) exit_at(talk, 1s);
        };
        const int first = order % 3;
        const int second = (first + 1 + order / 3) % 3;
        end(first);
        EXPECT_FALSE(talk.finished());
        end(second);
        EXPECT_FALSE(talk.finished()) << "after " << first << " and " << second;
        end(3 - first - second);
        EXPECT_TRUE(talk.finished());
        EXPECT_EQ(talk.cut_at(), never) << "there is nothing to cut";
    }
}

TEST(Conversation, is_finished_by_the_exit_alone_when_no_output_is_a_pipe) {
    Conversation talk(without_pipes());
    EXPECT_FALSE(talk.finished());
    exit_at(talk, 1s);
    EXPECT_TRUE(talk.finished());
}

TEST(Conversation, is_finished_when_what_has_not_ended_was_cut) {
    Conversation talk(Options{});
    talk.on_data(Stream::err, "before", at(1s));
    talk.on_end(Stream::out, Reason::end_of_file);
    exit_at(talk, 1s);
    EXPECT_EQ(talk.cut_at(), at(1200ms));
    talk.on_cut();
    EXPECT_EQ(talk.eof(Stream::out), Eof::complete) << "it had ended by itself";
    EXPECT_EQ(talk.eof(Stream::err), Eof::cut);
    EXPECT_EQ(talk.bytes(Stream::err).view(), "before");
    EXPECT_EQ(talk.quiet_reason(Stream::err), Reason::would_block) << "others may yet write";
    EXPECT_FALSE(talk.wants(Stream::err));
    EXPECT_TRUE(talk.finished());
    EXPECT_EQ(talk.cut_at(), never);
}

TEST(Conversation, cuts_neither_what_was_closed_nor_what_never_was_a_pipe) {
    Conversation talk({.err = Redirect::inherit()});
    talk.on_closed(Stream::out);
    exit_at(talk, 1s);
    talk.on_cut();
    EXPECT_EQ(talk.eof(Stream::out), Eof::closed);
    EXPECT_EQ(talk.eof(Stream::err), Eof::not_a_pipe);
}

TEST(Conversation, lingers_anew_after_each_chunk) {
    Conversation talk(Options{});
    exit_at(talk, 1s);
    talk.on_data(Stream::err, "still here", at(1150ms));
    EXPECT_EQ(talk.cut_at(), at(1350ms));
    talk.on_data(Stream::out, "x", at(2950ms));
    EXPECT_EQ(talk.cut_at(), at(3s)) << "never beyond the total";
}

TEST(Conversation, does_not_cut_an_output_that_has_yet_to_be_read_to_where_it_is) {
    Conversation talk(with_limit(4));
    talk.on_data(Stream::out, "abcd", start);
    talk.on_end(Stream::err, Reason::end_of_file);
    exit_at(talk, 1s);
    EXPECT_EQ(talk.cut_at(), never);
    talk.on_cut();
    EXPECT_EQ(talk.eof(Stream::out), Eof::open);
    EXPECT_FALSE(talk.finished());

    EXPECT_EQ(talk.bytes(Stream::out).take(10), "abcd");
    EXPECT_EQ(talk.cut_at(), at(1200ms));
    talk.on_cut();
    EXPECT_EQ(talk.eof(Stream::out), Eof::cut);
}

} // namespace
