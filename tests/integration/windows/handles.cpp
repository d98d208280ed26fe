/// What a child inherits.
#include "integration/talk.hpp"
#include "support/native_handle.hpp"
#include "support/watchdog.hpp"
#include "support/windows/system.hpp"

#include <barrier>
#include <thread>

namespace {

using namespace integration;
using support::Pipe;

/// A pipe whose write end any child inherits that nobody keeps it from.
struct InheritablePipe : Pipe {
    InheritablePipe() {
        ::SetHandleInformation(support::as_handle(write.get()), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    }
};

TEST(Handles, that_are_inheritable_are_not_inherited_unasked) {
    InheritablePipe ours;
    Popen p({child("never_reads")});
    read_lines(p, 1);
    ours.write.reset();
    // Were it in the child, this would wait for the child's end.
    EXPECT_EQ(support::read_all(ours.read.get()), "");
    EXPECT_FALSE(p.poll());
}

TEST(Handles, that_are_inheritable_are_inherited_when_asked) {
    InheritablePipe ours;
    const auto number = std::to_string(ours.write.get());
    EXPECT_EQ(support::split(output_of({child("prints_handles"), number}, {.close_descriptors = false})).at(0), "open");
    EXPECT_EQ(support::split(output_of({child("prints_handles")})).back(), "pipes 3");
}

TEST(Handles, of_ours_are_as_they_were_after_a_spawn) {
    for (const DWORD inherit : {DWORD{0}, DWORD{HANDLE_FLAG_INHERIT}}) {
        const Pipe pipe;
        const HANDLE handle = support::as_handle(pipe.write.get());
        ::SetHandleInformation(handle, HANDLE_FLAG_INHERIT, inherit);
        EXPECT_EQ(collect({child("exit_with"), "0", "text"}, {.out = Redirect::handle(pipe.write.get())}).status,
                  ExitStatus::exited(0));
        DWORD after = 0;
        ::GetHandleInformation(handle, &after);
        EXPECT_EQ(after & HANDLE_FLAG_INHERIT, inherit);
        EXPECT_EQ(support::read_some(pipe.read.get()), "text");
    }
}

TEST(Spawn, from_16_threads_leaks_no_pipe_into_another_child) {
    support::allow_time(60s);
    constexpr int thread_count = 16;
    std::barrier start(thread_count);
    std::vector<std::string> seen(thread_count);
    std::vector<std::thread> threads;
    for (std::size_t number = 0; number < thread_count; ++number) {
        threads.emplace_back([&, number] {
            start.arrive_and_wait();
            Popen p({child("prints_handles")});
            seen[number] = p.communicate(scaled(30s)).out;
        });
    }
    for (auto &thread : threads) thread.join();
    for (const auto &said : seen) EXPECT_EQ(said, "pipes 3\n");
}

TEST(Spawn, talks_to_more_children_than_one_wait_of_windows_takes) {
    support::allow_time(120s);
    constexpr int count = MAXIMUM_WAIT_OBJECTS + 16;
    std::vector<Popen> children;
    for (int i = 0; i < count; ++i) children.emplace_back(std::vector<std::string>{child("echo_back")});
    for (auto &p : children) EXPECT_EQ(p.send("hello\n").bytes, 6u);
    for (auto &p : children) EXPECT_EQ(read_lines(p, 1), "hello\n");
    for (auto &p : children) p.close_stdin();
    for (auto &p : children) EXPECT_EQ(p.wait(soon()).status, ExitStatus::exited(0));
}

} // namespace
