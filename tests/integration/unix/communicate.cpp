#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "support/process_table.hpp"

#include <csignal>

namespace {

using namespace integration;

TEST(Communicate, brings_back_all_that_a_child_wrote_before_it_was_killed) {
    Popen p({child("dies_in_the_middle_of_a_write")});
    ASSERT_TRUE(support::dies_soon(p.pid()));
    const Completed done = p.communicate(soon());
    EXPECT_EQ(done.status, ExitStatus::signaled(SIGKILL));
    EXPECT_EQ(done.eof_out, Eof::complete);
    EXPECT_EQ(done.out.size(), default_read_size) << "what the pipe holds";
    EXPECT_TRUE(same_bytes(pattern_bytes(done.out.size()), done.out));
}

} // namespace
