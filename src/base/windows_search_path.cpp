#include "base/windows_search_path.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace backchat::base {
namespace {

/// What may be run, in the order in which it is looked for.
constexpr std::array<std::string_view, 4> endings = {".exe", ".com", ".bat", ".cmd"};

constexpr std::string_view separators = "\\/";

/// The devices, with the superscript digits that count as digits.
constexpr std::array<std::string_view, 6> devices = {"con", "prn", "aux", "nul", "conin$", "conout$"};
constexpr std::array<std::string_view, 2> numbered_devices = {"com", "lpt"};
constexpr std::array<std::string_view, 13> device_numbers = {"0", "1", "2", "3",        "4",        "5",       "6",
                                                             "7", "8", "9", "\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};

template <class Range, class Is>
bool any(const Range &range, Is is) {
    return std::any_of(range.begin(), range.end(), is);
}

bool has_known_ending(std::string_view name) {
    return any(endings, [&](std::string_view ending) { return ends_with_but_for_case(name, ending); });
}

std::string_view last_component(std::string_view path) {
    return path.substr(path.find_last_of(separators) + 1); // npos + 1 is 0
}

/// A device stays one with an ending behind it (nul.exe), on older systems in a directory as well (C:\bin\nul.exe), and
/// with blanks before the dot.
bool is_device(std::string_view file_name) {
    const std::string_view stem = file_name.substr(0, file_name.find('.'));
    const std::string_view name = stem.substr(0, stem.find_last_not_of(' ') + 1);
    if (any(devices, [&](std::string_view device) { return equal_but_for_case(name, device); })) return true;
    return any(numbered_devices, [&](std::string_view device) {
        return name.size() > device.size() && equal_but_for_case(name.substr(0, device.size()), device) &&
               any(device_numbers, [&](std::string_view number) { return name.substr(device.size()) == number; });
    });
}

bool is_verbatim(std::string_view path) { return path.starts_with(R"(\\?\)"); }

/// "C:\…" and "\\server\…" are the same place whatever the current directory is; "\\.\…" are devices.
bool is_absolute(std::string_view directory) {
    const auto is_separator = [&](std::size_t i) { return separators.find(directory[i]) != std::string_view::npos; };
    if (directory.size() < 3) return false;
    if (is_ascii_letter(directory[0]) && directory[1] == ':') return is_separator(2);
    return is_separator(0) && is_separator(1) && directory[2] != '.' && !is_separator(2);
}

/// "C:tool" and "C:sub\tool" lie where the directory is that was last used on that drive.
bool is_relative_to_drive(std::string_view path) {
    return path.size() >= 2 && is_ascii_letter(path[0]) && path[1] == ':' && path.find_first_of(separators) != 2;
}

/// Takes the first entry of `path`, without its quotes, in which a ';' is nothing but itself.
std::string take_entry(std::string_view &path) {
    std::string entry;
    bool quoted = false;
    while (!path.empty()) {
        const char c = path.front();
        path.remove_prefix(1);
        if (c == ';' && !quoted) break;
        if (c == '"') quoted = !quoted;
        else entry += c;
    }
    return entry;
}

void append_with_endings(std::vector<std::string> &to, const std::string &path) {
    for (const std::string_view ending : endings) to.emplace_back(path).append(ending);
}

std::vector<std::string> where_it_is_named(const std::string &path) {
    const std::string_view file_name = last_component(path);
    if (file_name.empty() || has_known_ending(file_name)) return {path};
    std::vector<std::string> candidates;
    if (file_name.find('.') != std::string_view::npos) {
        candidates.push_back(path);
        append_with_endings(candidates, path);
    } else {
        append_with_endings(candidates, path);
        candidates.push_back(path);
    }
    return candidates;
}

} // namespace

std::vector<std::string> windows_search_path(std::string_view name, std::string_view path) {
    const std::string_view file_name = last_component(name);
    if (name.empty() || is_relative_to_drive(name) || file_name.find(':') != std::string_view::npos) return {};
    if (is_device(file_name) && !is_verbatim(name)) return {};
    if (name.find_first_of(separators) != std::string_view::npos) return where_it_is_named(std::string(name));

    std::vector<std::string> candidates;
    while (!path.empty()) {
        std::string candidate = take_entry(path);
        if (!is_absolute(candidate)) continue;
        if (separators.find(candidate.back()) == std::string_view::npos) candidate += '\\';
        candidate += name;
        if (has_known_ending(name)) candidates.push_back(std::move(candidate));
        else append_with_endings(candidates, candidate);
    }
    return candidates;
}

std::string default_windows_path(std::string_view system_root) {
    const std::string root(system_root);
    return root + "\\System32;" + root;
}

} // namespace backchat::base
