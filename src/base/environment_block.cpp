#include "base/environment_block.hpp"

#include <unordered_map>
#include <utility>

namespace backchat::base {

std::string same_name(std::string_view name) { return std::string(name); }

std::string_view name_of_variable(std::string_view entry) { return entry.substr(0, entry.find('=', 1)); }

std::vector<std::string> environment_block(const Environment &environment, const std::vector<std::string> &inherited,
                                           NameKey key) {
    std::vector<std::optional<std::string>> entries; // in order of first appearance; empty: unset
    std::unordered_map<std::string, std::size_t> places;
    const auto place_of = [&](std::string_view name) {
        const auto [found, added] = places.try_emplace(key(name), entries.size());
        if (added) entries.emplace_back();
        return std::pair(found->second, added);
    };

    if (environment.inherits()) {
        for (const std::string &entry : inherited) {
            const auto [place, added] = place_of(name_of_variable(entry));
            if (added) entries[place] = entry;
        }
    }
    for (const Environment::Change &change : environment.changes()) {
        std::optional<std::string> &entry = entries[place_of(change.name).first];
        if (change.value) entry = change.name + '=' + *change.value;
        else entry.reset();
    }

    std::vector<std::string> block;
    block.reserve(entries.size());
    for (std::optional<std::string> &entry : entries)
        if (entry) block.push_back(std::move(*entry));
    return block;
}

std::optional<std::string> environment_fault(const Environment &environment) {
    for (const Environment::Change &change : environment.changes()) {
        if (change.name.empty()) return "a variable's name is empty";
        if (change.name.find('=') != std::string::npos) return "the variable name '" + change.name + "' has '=' in it";
        if (change.name.find('\0') != std::string::npos) return "a variable's name has a NUL in it";
        if (change.value && change.value->find('\0') != std::string::npos)
            return "the value of '" + change.name + "' has a NUL in it";
    }
    return std::nullopt;
}

std::optional<std::string_view> find_variable(const std::vector<std::string> &block, std::string_view name,
                                              NameKey key) {
    const std::string wanted = key(name);
    for (const std::string_view entry : block) {
        const std::string_view found = name_of_variable(entry);
        if (found.size() < entry.size() && key(found) == wanted) return entry.substr(found.size() + 1);
    }
    return std::nullopt;
}

} // namespace backchat::base
