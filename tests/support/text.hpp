#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// Gives the pieces of `text` between separators. A separator at the end makes no empty piece.
inline std::vector<std::string> split(std::string_view text, char separator = '\n') {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const auto end = text.find(separator);
        pieces.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return pieces;
}

/// Reads lines of the form "name value" as the children print them.
inline std::map<std::string, std::string> named_values(std::string_view text) {
    std::map<std::string, std::string> values;
    for (const auto &line : split(text)) {
        const auto blank = line.find(' ');
        values[line.substr(0, blank)] = blank == std::string::npos ? std::string() : line.substr(blank + 1);
    }
    return values;
}

} // namespace support
