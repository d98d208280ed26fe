#pragma once

/// What holds for a spawn with failing calls.

#include "fault/faulty_calls.hpp"
#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"
#include "support/process_table.hpp"
#include "support/unix/unique_fd.hpp"

#include <csignal>
#include <optional>

namespace faulty {

using namespace integration;

inline std::error_code system_error(int number) { return {number, std::system_category()}; }

inline void expect_stage(Stage stage, const Call &call, int error, const Options &options = {}, int after = 0) {
    SCOPED_TRACE(std::string(call.name) + ' ' + std::to_string(call.number));
    std::optional<SpawnError> seen;
    {
        const Fault fault(call, error, after);
        try {
            const Popen p({child("echo_back")}, options);
        } catch (const SpawnError &thrown) {
            seen = thrown;
        }
        EXPECT_GT(fault.hits(), 0);
    }
    ASSERT_TRUE(seen) << "the spawn has not failed";
    EXPECT_EQ(seen->stage(), stage) << seen->what();
    EXPECT_EQ(seen->code(), system_error(error)) << seen->what();
    EXPECT_EQ(seen->program(), child("echo_back"));
    EXPECT_THAT(support::children_of_ours(), testing::IsEmpty());
}

/// What must work whatever the system lacks.
inline void expect_spawn_works() {
    Popen p({child("echo_to_both")});
    const Completed done = p.communicate("text", soon());
    EXPECT_EQ(done.out, "text");
    EXPECT_EQ(done.err, "text");
    EXPECT_EQ(done.status, ExitStatus::exited(0));
    Popen waits({child("never_writes"), "4"});
    EXPECT_EQ(waits.wait(10ms).reason, Reason::timeout);
    EXPECT_TRUE(waits.send_signal(0));
    waits.close_stdin();
    EXPECT_EQ(waits.wait(soon()).status, ExitStatus::exited(4));
    Popen killed({child("ignores_terminate")});
    EXPECT_EQ(killed.wait(0s).reason, Reason::timeout);
    EXPECT_TRUE(killed.kill());
    EXPECT_EQ(killed.wait(soon()).status, ExitStatus::signaled(SIGKILL));
    expect_spawn_error(Stage::exec, std::errc::no_such_file_or_directory, {"/no/such/program"});
}

inline void expect_closed_descriptors() {
    const support::DescriptorPipe inheritable(0);
    EXPECT_THAT(numbers_of(parse_descriptors(output_of({child("list_descriptors")}))), testing::ElementsAre(0, 1, 2));
}

} // namespace faulty
