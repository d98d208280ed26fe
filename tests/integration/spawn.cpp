#include "integration/talk.hpp"
#include "support/process_table.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace integration;

TEST(Spawn, failure_says_stage_error_and_program) {
    const SpawnError error = spawn_error_of({"/no/such/program", "argument"});
    EXPECT_EQ(error.stage(), Stage::exec);
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    EXPECT_EQ(error.program(), "/no/such/program");
    EXPECT_THAT(error.what(), testing::HasSubstr("/no/such/program"));
    EXPECT_THAT(error.what(), testing::HasSubstr("exec"));
    EXPECT_THAT(error.what(), testing::HasSubstr(error.code().message()));
}

TEST(Spawn, failure_is_a_system_error) {
    EXPECT_THROW(Popen({"/no/such/program"}), std::system_error);
    EXPECT_THROW(Popen({"/no/such/program"}), Error);
}

TEST(Spawn, failure_leaves_nothing_behind) {
    // The leak guard looks at the end; many failures at once would show what one hides.
    const support::TemporaryDirectory folder;
    for (int i = 0; i < 50; ++i) {
        EXPECT_THROW(Popen({"/no/such/program"}), SpawnError);
        EXPECT_THROW(Popen({child("echo_back")}, {.cwd = "/no/such/folder"}), SpawnError);
        EXPECT_THROW(Popen({child("echo_back")}, {.err = Redirect::read_file("/no/such/file")}), SpawnError);
        EXPECT_THROW(Popen({child("echo_back")}, {.out = Redirect::truncate_file(folder.path("out")),
                                                  .descriptors = {{5, Redirect::handle(600)}}}),
                     SpawnError);
    }
    EXPECT_THAT(support::children_of_ours(), testing::IsEmpty());
}

} // namespace
