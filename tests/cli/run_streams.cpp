#include "cli/command.hpp"
#include "integration/big_data.hpp"
#include "integration/lifeline.hpp"
#include "support/native_handle.hpp"
#include "support/watchdog.hpp"

namespace {

using namespace cli_tests;

TEST(RunStreams, pass_through_byte_for_byte) {
    support::allow_time(60s);
    const std::string data = pattern_bytes(64 * mebibyte);
    const Completed done = ended(run_with({}, {child("echo_to_both")}), {.input = data, .timeout = scaled(50s)});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_TRUE(same_bytes(data, done.out));
    EXPECT_TRUE(same_bytes(data, done.err));
}

TEST(RunStreams, pass_on_what_comes_without_a_newline_at_once) {
    Popen p(run_with({}, {child("echo_back")}));
    for (const char *piece : {"a", "b\nc", "d"}) {
        p.send(piece);
        EXPECT_EQ(read_until_text(p, piece), piece);
    }
    p.close_stdin();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunStreams, exit_code_is_that_of_the_child) {
    EXPECT_EQ(code_of(command_ended({"run", "--", child("exit_with"), "0"})), 0);
    EXPECT_EQ(code_of(command_ended({"run", "--", child("exit_with"), "201"})), 201);
}

TEST(RunStreams, stdin_is_ours_a_file_or_nothing) {
    const TemporaryDirectory folder;
    folder.write("input", "from a file");
    EXPECT_EQ(ended(run_with({}, {child("echo_back")}), {.input = "from us"}).out, "from us");
    EXPECT_EQ(ended(run_with({"--stdin", "-"}, {child("echo_back")}), {.input = "from us"}).out, "from us");
    EXPECT_EQ(ended(run_with({"--stdin", "null"}, {child("echo_back")}), {.input = "from us"}).out, "");
    EXPECT_EQ(ended(run_with({"--stdin", folder.path("input")}, {child("echo_back")}), {.input = "from us"}).out,
              "from a file");
}

TEST(RunStreams, working_directory_and_environment_are_as_named) {
    const TemporaryDirectory folder;
    EXPECT_EQ(ended(run_with({"--cwd", folder.path()}, {child("print_directory")})).out, folder.path());
    using namespace std::string_literals;
    EXPECT_THAT(
        ended(run_with({"--clear-env", "--env", "B=2=3", "--env", "A=", "--env", "C=[x,y]"},
                       {child("print_environment")}))
            .out,
        testing::AllOf(HasSubstr("B=2=3\0"s), HasSubstr("A=\0"s), HasSubstr("C=[x,y]\0"s), Not(HasSubstr("PATH="))));
    EXPECT_THAT(ended(run_with({"--env", "ADDED=1", "--env", "ADDED=2"}, {child("print_environment")}),
                      {.spawn = {.environment = Environment::replace({{"KEPT", "x"}})}})
                    .out,
                testing::AllOf(HasSubstr("KEPT=x\0"s), HasSubstr("ADDED=2\0"s), Not(HasSubstr("ADDED=1"))));
}

TEST(RunStreams, reader_that_does_not_read_stdout_does_not_hold_up_stderr) {
    const support::Pipe unread;
    // More than all that stands between the two.
    Popen p(run_with({}, {child("floods_stdout_and_copies_stdin"), std::to_string(4 * mebibyte)}),
            {.out = Redirect::handle(unread.write.get())});
    for (const char *word : {"one", "two", "three"}) {
        EXPECT_EQ(p.asyncwrite(word, soon()).reason, Reason::data);
        std::string seen;
        while (seen.size() < std::string_view(word).size()) {
            const Output got = p.wait_output(soon());
            ASSERT_EQ(got.reason, Reason::data);
            seen += got.data;
        }
        EXPECT_EQ(seen, word);
    }
    EXPECT_FALSE(p.poll()) << "4 MiB went where nobody reads";
    p.kill_tree();
}

TEST(RunStreams, slow_reader_gets_everything) {
    support::Pipe slow;
    Popen p(run_with({}, {child("flood"), "out", "4194304"}), {.out = Redirect::handle(slow.write.get())});
    slow.write.reset();
    PatternReader reader;
    // By small pieces; the command is full all the time.
    for (std::string piece; !(piece = support::read_some(slow.read.get(), 1000)).empty();) reader.take(piece);
    EXPECT_EQ(reader.count(), 4u * mebibyte);
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

TEST(RunStreams, that_are_one_file_keep_the_order_of_the_child_s_writes) {
    std::string expected;
    for (int i = 0; i < 1000; ++i) expected += "out " + std::to_string(i) + "\nerr " + std::to_string(i) + "\n";
    EXPECT_EQ(ended(run_with({}, {child("interleave"), "1000"}), {.spawn = {.err = Redirect::merge_stdout()}}).out,
              expected);
    // Where they have to be told apart, nothing is lost at least.
    const Completed tagged =
        ended(run_with({"--tag"}, {child("interleave"), "1000"}), {.spawn = {.err = Redirect::merge_stdout()}});
    EXPECT_EQ(support::split(tagged.out).size(), 2000u);
}

TEST(RunStreams, tags_name_the_stream_of_each_line) {
    const Completed done = ended(run_with({"--tag"}, {child("interleave"), "3"}));
    EXPECT_EQ(done.out, "out | out 0\nout | out 1\nout | out 2\n");
    EXPECT_EQ(done.err, "err | err 0\nerr | err 1\nerr | err 2\n");
}

TEST(RunStreams, marked_line_without_an_end_gets_one) {
    EXPECT_EQ(ended(run_with({"--tag"}, {child("exit_with"), "0", "a\n\nb"})).out, "out | a\nout | \nout | b\n");
    EXPECT_EQ(ended(run_with({"--tag"}, {child("exit_with"), "0", ""})).out, "");
}

TEST(RunStreams, timestamps_count_from_the_start_and_never_fall) {
    const Completed done = ended(run_with({"--timestamps", "--tag"}, {child("interleave"), "100"}));
    double last = 0;
    for (const std::string &line : support::split(done.out)) {
        ASSERT_THAT(line, HasMatchOf("^ +[0-9]+[.][0-9][0-9][0-9] out [|] out [0-9]+$"));
        const double time = std::stod(line);
        EXPECT_GE(time, last);
        last = time;
    }
    EXPECT_LT(last, std::chrono::duration<double>(done.wall).count());
    EXPECT_THAT(ended(run_with({"--timestamps"}, {child("exit_with"), "0", "x"})).out,
                HasMatchOf("^ +[0-9]+[.][0-9][0-9][0-9] [|] x\n$"));
}

TEST(RunStreams, marked_line_of_any_length_comes_in_pieces_that_say_so) {
    const std::string line(200000, 'x');
    const Completed done = ended(run_with({"--tag"}, {child("echo_back")}), {.input = line + "\nend\n"});
    std::string joined;
    const auto pieces = support::split(done.out);
    ASSERT_EQ(pieces.size(), 5u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(pieces[i].substr(0, 6), i == 0 ? "out | " : "out + ");
        joined += pieces[i].substr(6);
    }
    EXPECT_EQ(joined, line);
    EXPECT_EQ(pieces[4], "out | end");
}

} // namespace
