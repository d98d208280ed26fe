/// How fast do many bytes pass, beside a loop of poll, read and write by hand?

#include "by_hand.hpp"
#include "rounds.hpp"

#include <backchat/backchat.hpp>

#include <stdexcept>

namespace {

using namespace bench;

constexpr std::size_t size = std::size_t{256} << 20;

void require_size(std::size_t got) {
    if (got != size) throw std::runtime_error("not all bytes came: " + std::to_string(got));
}

void both_ways(int argc, char **argv) {
    const std::vector<std::string> program = {"cat"};
    const std::string input(size, 'x');
    Rounds rounds(argc, argv, 9);
    rounds.add("poll, read, write by hand", [&] {
        return time_of(1, [&] {
            by_hand::Child child = by_hand::posix_spawn_with_pipes(program);
            const by_hand::Exchange exchange(child, input);
            by_hand::wait(child);
            require_size(exchange.out.size());
        });
    });
    rounds.add("communicate", [&] {
        return time_of(1, [&] {
            backchat::Popen child(program);
            require_size(child.communicate(input, backchat::forever).out.size());
        });
    });
    rounds.run();
    rounds.print("throughput: 256 MiB to cat and back", size);
}

void one_way(int argc, char **argv) {
    const std::vector<std::string> program = {"head", "-c", std::to_string(size), "/dev/zero"};
    Rounds rounds(argc, argv, 15);
    rounds.add("poll, read by hand, all kept", [&] {
        return time_of(1, [&] {
            by_hand::Child child = by_hand::posix_spawn_with_pipes(program);
            const by_hand::Exchange exchange(child, {});
            by_hand::wait(child);
            require_size(exchange.out.size());
        });
    });
    rounds.add("communicate, all kept", [&] {
        return time_of(1, [&] {
            backchat::Popen child(program);
            require_size(child.communicate(backchat::forever).out.size());
        });
    });
    rounds.add("wait_output, piece by piece", [&] {
        return time_of(1, [&] {
            backchat::Popen child(program);
            std::size_t got = 0;
            for (;;) {
                const backchat::Output output = child.wait_output(backchat::forever);
                if (output.reason == backchat::Reason::exited) break;
                got += output.data.size();
            }
            require_size(got);
        });
    });
    rounds.run();
    rounds.print("throughput: 256 MiB from head", size);
}

int compare(int argc, char **argv) {
    both_ways(argc, argv);
    one_way(argc, argv);
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    return bench::say_errors([=] { return compare(argc, argv); });
}
