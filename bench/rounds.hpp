#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace bench {

using Time = std::chrono::nanoseconds;

/// Gives the time that one call of `work` takes, as the mean of `repeats`.
template <class Work>
Time time_of(std::size_t repeats, Work work) {
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < repeats; ++i) work();
    return (std::chrono::steady_clock::now() - began) / static_cast<std::ptrdiff_t>(repeats);
}

/// The value at a place between the least (0) and the largest (1).
template <class Number>
Number quantile(std::vector<Number> values, double place) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Gives what follows `option` on the command line, or `otherwise`.
inline std::size_t number_after(const char *option, int argc, char **argv, std::size_t otherwise) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], option) != 0) continue;
        const char *const end = argv[i + 1] + std::strlen(argv[i + 1]);
        std::size_t number = 0;
        if (std::from_chars(argv[i + 1], end, number) == std::from_chars_result{end, std::errc()} && number > 0)
            return number;
        std::fprintf(stderr, "%s takes a number above 0, not '%s'\n", option, argv[i + 1]);
        std::exit(2);
    }
    return otherwise;
}

/// Runs a benchmark to its exit code: an error is said, and no other number stands beside it.
template <class Body>
int say_errors(Body body) {
    try {
        return body();
    } catch (const std::exception &error) {
        std::fflush(stdout);
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

/// Compares ways to do the same thing.
///
/// All take their turn in each round, so that whatever else runs on the machine disturbs them alike; what counts is the
/// median of the ratios within the rounds. The way added first is the floor to which the others are compared.
class Rounds {
public:
    /// `--rounds N` on the command line overrides `rounds`.
    Rounds(int argc, char **argv, std::size_t rounds) : rounds_(number_after("--rounds", argc, argv, rounds)) {}

    /// `sample` gives the time that the way takes once.
    void add(std::string name, std::function<Time()> sample) {
        ways_.push_back({std::move(name), std::move(sample), {}});
    }

    /// Takes the samples, after one round that does not count.
    void run() {
        for (std::size_t round = 0; round <= rounds_; ++round)
            for (Way &way : ways_) {
                const Time sample = way.sample();
                if (round > 0) way.samples.push_back(sample);
            }
    }

    /// Prints a line for each way: median, ratio to the floor with its quartiles. `bytes`: what one sample carries,
    /// for a column of GiB/s.
    void print(const std::string &heading, std::size_t bytes = 0) const {
        std::printf("\n%s (%zu rounds)\n", heading.c_str(), rounds_);
        for (const Way &way : ways_) {
            const Time median = quantile(way.samples, 0.5);
            std::printf("  %-34s %12.1f us", way.name.c_str(), static_cast<double>(median.count()) / 1e3);
            if (bytes > 0) {
                const double seconds = static_cast<double>(median.count()) / 1e9;
                std::printf(" %7.2f GiB/s", static_cast<double>(bytes) / seconds / (1 << 30));
            }
            if (&way == &ways_.front()) {
                std::printf("   the floor\n");
                continue;
            }
            const std::vector<double> ratios = ratios_to_floor(way);
            std::printf("   %5.2f of the floor  (%.2f to %.2f)\n", quantile(ratios, 0.5), quantile(ratios, 0.25),
                        quantile(ratios, 0.75));
        }
    }

    /// Gives a way's samples, in the order in which they were taken.
    const std::vector<Time> &samples(const std::string &name) const {
        return std::find_if(ways_.begin(), ways_.end(), [&](const Way &way) { return way.name == name; })->samples;
    }

private:
    struct Way {
        std::string name;
        std::function<Time()> sample;
        std::vector<Time> samples;
    };

    std::vector<double> ratios_to_floor(const Way &way) const {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < way.samples.size(); ++i)
            ratios.push_back(static_cast<double>(way.samples[i].count()) /
                             static_cast<double>(ways_.front().samples[i].count()));
        return ratios;
    }

    std::size_t rounds_;
    std::vector<Way> ways_;
};

} // namespace bench
