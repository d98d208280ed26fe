#include "base/search_path.hpp"

namespace backchat::base {

std::vector<std::string> search_path(std::string_view name, std::string_view path) {
    if (name.find('/') != std::string_view::npos) return {std::string(name)};
    std::vector<std::string> candidates;
    for (;;) {
        const std::size_t colon = path.find(':');
        const std::string_view directory = path.substr(0, colon);
        if (directory.starts_with('/')) {
            std::string &candidate = candidates.emplace_back(directory);
            if (!candidate.ends_with('/')) candidate += '/';
            candidate += name;
        }
        if (colon == std::string_view::npos) return candidates;
        path.remove_prefix(colon + 1);
    }
}

} // namespace backchat::base
