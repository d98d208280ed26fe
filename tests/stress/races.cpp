/// Many threads and little order, for BACKCHAT_STRESS_SECONDS (1 unless said) each.
#include "integration/big_data.hpp"
#include "integration/talk.hpp"
#include "stress/in_threads.hpp"

#include <atomic>
#include <random>
#include <thread>

namespace {

using namespace integration;

constexpr OnDestroy bounded_policies[] = {OnDestroy::kill_tree, OnDestroy::kill, OnDestroy::terminate};

TEST(Races, of_spawning_and_destroying) {
    in_threads(8, [](std::mt19937 &random) {
        const Options options{.on_destroy = bounded_policies[random() % 3]};
        Popen p({child(random() % 2 ? "runs_until_killed" : "echo_back")}, options);
        if (random() % 2) p.send("text");
        if (random() % 4 == 0) p.poll();
        if (random() % 4 == 0) p.kill();
    });
}

TEST(Races, of_spawning_and_failing_to) {
    in_threads(8, [](std::mt19937 &random) {
        if (random() % 2) {
            EXPECT_THROW(Popen({"/no/such/program"}), SpawnError);
        } else {
            EXPECT_EQ(output_of({child("exit_with"), "0", "text"}), "text");
        }
    });
}

TEST(Races, of_talks_in_many_threads_mix_nothing_up) {
    std::atomic<int> next{0};
    in_threads(8, [&](std::mt19937 &random) {
        const std::string mine = std::to_string(next++) + std::string(random() % 200000, 'x');
        Popen p({child("echo_back")});
        EXPECT_TRUE(same_bytes(mine, p.communicate(mine, scaled(30s)).out));
    });
}

/// One child, and threads that do to it whatever they like until it is dead.
void beat(Popen &p, std::mt19937 &random) {
    for (;;) {
        switch (random() % 10) {
        case 0: p.send("some text\n"); break;
        case 1: p.recv(); break;
        case 2: p.recv_err(); break;
        case 3: p.asyncread(1ms); break;
        case 4: p.asyncwrite("more text\n", 1ms); break;
        case 5: p.wait_output(1ms); break;
        case 6: p.wait(1ms); break;
        case 7:
            if (support::has(support::Feature::signal_zero)) p.send_signal(0);
            break;
        case 8: p.eof(Stream::out); break;
        case 9:
            if (random() % 50 == 0) p.close_stdin();
            if (random() % 50 == 0) p.close_output(Stream::err);
            if (random() % 50 == 0) p.kill();
            break;
        }
        if (p.poll()) return;
    }
}

TEST(Races, of_many_threads_on_one_child) {
    in_threads(1, [](std::mt19937 &random) {
        Popen p({child("echo_to_both")}, {.buffer_limit = 10000});
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&p, seed = random()] {
                std::mt19937 own(seed);
                beat(p, own);
            });
        }
        for (auto &thread : threads) thread.join();
        const auto status = p.wait(soon()).status;
        EXPECT_THAT(status, testing::AnyOf(ExitStatus::exited(0), ExitStatus::exited(1),
                                           ExitStatus::signaled(signal_kill), ended_by_broken_pipe()));
    });
}

TEST(Races, of_waiting_and_killing) {
    in_threads(4, [](std::mt19937 &random) {
        Popen p({child("runs_until_killed")});
        std::vector<std::thread> waiting;
        for (unsigned i = 0; i <= random() % 3; ++i) {
            waiting.emplace_back([&p] { EXPECT_EQ(p.wait(soon()).status, ExitStatus::signaled(signal_kill)); });
        }
        if (random() % 2) std::this_thread::yield();
        if (random() % 2) p.kill();
        else p.kill_tree();
        for (auto &thread : waiting) thread.join();
    });
}

TEST(Races, of_readers_of_one_stream_share_it_out) {
    in_threads(1, [](std::mt19937 &) {
        constexpr std::size_t size = mebibyte;
        Popen p({child("flood"), "out", std::to_string(size)}, {.buffer_limit = 30000});
        std::atomic<std::size_t> total{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&p, &total, i] {
                for (;;) {
                    const Received got = i % 2 ? p.asyncread(1ms) : p.recv();
                    total += got.data.size();
                    if (got.reason == Reason::end_of_file) return;
                }
            });
        }
        for (auto &thread : threads) thread.join();
        EXPECT_EQ(total, size);
    });
}

#ifdef __cpp_lib_jthread
TEST(Races, of_cancelling_and_arriving_lose_nothing) {
    in_threads(4, [](std::mt19937 &random) {
        const std::string data = pattern_bytes(100000 + random() % 100000);
        Popen p({child("echo_back")});
        PatternReader reader;
        bool given = false;
        Completed part;
        do {
            std::stop_source source;
            std::thread canceller([&source] { source.request_stop(); });
            const Deadline until{soon().at(), source.get_token()};
            part = given ? p.communicate(until) : p.communicate(data, until);
            given = true;
            canceller.join();
            reader.take(part.out);
        } while (part.reason == Reason::cancelled);
        EXPECT_EQ(part.reason, Reason::exited);
        EXPECT_EQ(reader.count(), data.size());
        EXPECT_TRUE(reader.intact());
    });
}
#endif

} // namespace
