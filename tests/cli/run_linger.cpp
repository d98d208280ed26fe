#include "cli/command.hpp"
#include "integration/lifeline.hpp"
#include "support/feature.hpp"
#include "support/process_table.hpp"

#include <csignal>

namespace {

using namespace cli_tests;

TEST(RunLinger, can_be_none_at_all) {
    const Lifeline lifeline;
    std::chrono::nanoseconds fastest = 1h; // of several, since a busy machine may take longer for one
    std::chrono::nanoseconds fastest_alone = 1h;
    for (int i = 0; i < 5; ++i) {
        fastest_alone = std::min(fastest_alone, ended(run_with({}, {child("exit_with"), "0"})).wall);
        const Completed done = ended(run_with({"--linger", "0"}, {child("holds_pipe"), "silent", "orphaned", "exit"}),
                                     {.spawn = lifeline.tied()});
        EXPECT_EQ(code_of(done), 0);
        EXPECT_TRUE(support::is_alive(std::stoll(done.out)));
        fastest = std::min(fastest, done.wall);
    }
    EXPECT_LT(fastest, fastest_alone + scaled(190ms)) << "the usual patience is 200 ms";
}

TEST(RunLinger, listens_to_one_who_talks_on_for_ten_times_as_long) {
    const Lifeline lifeline;
    const Completed done =
        ended(run_with({"--linger", "100ms"}, {child("holds_pipe"), "chatty", "own_session", "exit"}),
              {.spawn = lifeline.tied()});
    EXPECT_EQ(code_of(done), 0);
    EXPECT_THAT(done.out, HasSubstr("tick\ntick\n"));
    EXPECT_GE(done.wall, 1s);
    EXPECT_LT(done.wall, scaled(1500ms));
}

TEST(RunLinger, forever_waits_for_the_end_of_file) {
    Lifeline lifeline;
    Popen p(run_with({"--linger", "forever"}, {child("holds_pipe"), "chatty", "own_session", "exit", "4"}),
            lifeline.tied());
    // Long after the child's own end; ten ticks take 200 ms, the usual patience with one who is silent.
    read_lines(p, 20);
    EXPECT_FALSE(p.poll());
    lifeline.cut();
    EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(4));
}

TEST(RunLinger, ends_at_once_when_the_streams_do) {
    const auto [done, json] = report_of({"--linger", "1h"}, {child("exit_with"), "0", "text"});
    EXPECT_EQ(json["eof"], (Json{{"stdout", "complete"}, {"stderr", "complete"}}));
    EXPECT_THAT(json["holders"], IsEmpty());
}

TEST(RunLinger, waits_for_a_child_that_has_closed_its_outputs) {
    const auto [done, json] = report_of({}, {child("closes_stdout_and_runs_on"), "6"}, {.input = "x"});
    EXPECT_EQ(code_of(done), 6);
    EXPECT_EQ(json["eof"]["stdout"], "complete");
}

} // namespace
