/// Does a spawn take longer when the parent uses more memory?
///
/// What is timed is the spawn call alone: it comes back when the program runs.

#include "by_hand.hpp"
#include "rounds.hpp"

#include <backchat/backchat.hpp>

#include <sys/mman.h>

namespace {

using namespace bench;

const std::vector<std::string> program = {BACKCHAT_BENCH_CHILDREN_DIR "/nothing"};

/// Memory that this process really uses, in pages of the usual size: huge ones would make fork look cheap.
class TouchedMemory {
public:
    explicit TouchedMemory(std::size_t size) : size_(size) {
        if (size == 0) return;
        base_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        by_hand::require(base_ != MAP_FAILED, "mmap");
        ::madvise(base_, size, MADV_NOHUGEPAGE);
        for (std::size_t at = 0; at < size; at += 4096) static_cast<char *>(base_)[at] = 1;
    }
    ~TouchedMemory() {
        if (size_ > 0) ::munmap(base_, size_);
    }
    TouchedMemory(const TouchedMemory &) = delete;
    TouchedMemory &operator=(const TouchedMemory &) = delete;

private:
    void *base_ = nullptr;
    std::size_t size_;
};

/// Times the spawn without the wait that follows. The median: one pause of the machine must not count as the spawn's.
template <class Spawn, class Wait>
Time spawn_time(std::size_t repeats, Spawn spawn, Wait wait) {
    std::vector<Time> times;
    for (std::size_t i = 0; i < repeats; ++i) {
        const auto began = std::chrono::steady_clock::now();
        auto child = spawn();
        times.push_back(std::chrono::steady_clock::now() - began);
        wait(child);
    }
    return quantile(times, 0.5);
}

Time popen_time() {
    const backchat::Options options{.in = backchat::Redirect::inherit(),
                                    .out = backchat::Redirect::inherit(),
                                    .err = backchat::Redirect::inherit()};
    return spawn_time(
        20, [&] { return backchat::Popen(program, options); },
        [](backchat::Popen &child) { child.wait(backchat::forever); });
}

int compare(int argc, char **argv) {
    struct Size {
        const char *name;
        std::size_t bytes;
    };
    Rounds ours(argc, argv, 15), spawns(argc, argv, 15), forks(argc, argv, 15);
    for (const auto &[name, bytes] : {Size{"nothing", 0}, Size{"256 MiB", 256 << 20}, Size{"1 GiB", 1 << 30}}) {
        const std::string touched = std::string("with ") + name + " touched";
        ours.add(touched, [bytes = bytes] {
            const TouchedMemory memory(bytes);
            return popen_time();
        });
        spawns.add(touched, [bytes = bytes] {
            const TouchedMemory memory(bytes);
            return spawn_time(
                20, [] { return by_hand::posix_spawn(program); }, by_hand::wait);
        });
        forks.add(touched, [bytes = bytes] {
            const TouchedMemory memory(bytes);
            return spawn_time(
                3, [] { return by_hand::fork_and_exec(program); }, by_hand::wait);
        });
    }
    for (auto &[rounds, name] : {std::pair(&ours, "backchat::Popen"), std::pair(&spawns, "posix_spawn"),
                                 std::pair(&forks, "fork, then exec in the child")}) {
        rounds->run();
        rounds->print(std::string("spawn_memory: ") + name);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    return bench::say_errors([=] { return compare(argc, argv); });
}
