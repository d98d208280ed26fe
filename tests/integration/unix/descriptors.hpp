#pragma once

/// What a child finds open, as list_descriptors prints it.

#include "support/text.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

/// One line of what list_descriptors prints.
struct ListedDescriptor {
    std::string close_on_exec; // "cloexec" or "inherit"
    unsigned flags = 0;        // as F_GETFL gives them
    std::string target;
};

inline std::map<int, ListedDescriptor> parse_descriptors(std::string_view text) {
    std::map<int, ListedDescriptor> descriptors;
    for (const auto &line : support::split(text)) {
        const auto words = support::split(line, ' ');
        if (words.size() < 3) throw std::runtime_error("not a line of list_descriptors: " + line);
        descriptors[std::stoi(words[0])] = {words[1], static_cast<unsigned>(std::stoul(words[2], nullptr, 8)),
                                            words.size() > 3 ? words[3] : std::string()};
    }
    return descriptors;
}

inline std::vector<int> numbers_of(const std::map<int, ListedDescriptor> &descriptors) {
    std::vector<int> numbers;
    for (const auto &[number, descriptor] : descriptors) numbers.push_back(number);
    return numbers;
}

} // namespace integration
