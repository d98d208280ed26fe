#include "base/windows_environment.hpp"

#include "base/environment_block.hpp"
#include "base/upper_case.hpp"
#include "base/utf16.hpp"

#include <algorithm>
#include <utility>

namespace backchat::base {
namespace {

constexpr std::string_view system_root = "SYSTEMROOT";

/// A name that is no UTF-8 is itself: it is refused when the block is made.
std::string without_case(std::string_view name) {
    const auto units = to_utf16(name);
    return units ? to_utf8(upper_case(*units)) : std::string(name);
}

bool is_system_root(std::string_view name) { return without_case(name) == system_root; }

bool decides_on_system_root(const Environment &environment) {
    return std::any_of(environment.changes().begin(), environment.changes().end(),
                       [](const Environment::Change &change) { return is_system_root(change.name); });
}

/// By the units of the names in upper case, as Windows compares them: '=' behind a name is no part of it, so A comes
/// before A-B.
void sort_by_name(std::vector<std::string> &variables) {
    std::vector<std::pair<std::u16string, std::string>> by_name;
    by_name.reserve(variables.size());
    for (std::string &variable : variables) {
        std::u16string name = to_utf16(without_case(name_of_variable(variable))).value_or(std::u16string());
        by_name.emplace_back(std::move(name), std::move(variable));
    }
    std::stable_sort(by_name.begin(), by_name.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    variables.clear();
    for (auto &[name, variable] : by_name) variables.push_back(std::move(variable));
}

} // namespace

std::vector<std::string> windows_environment(const Environment &environment,
                                             const std::vector<std::string> &inherited) {
    std::vector<std::string> variables = environment_block(environment, inherited, without_case);
    if (!environment.inherits() && !decides_on_system_root(environment)) {
        const auto ours = std::find_if(inherited.begin(), inherited.end(),
                                       [](const auto &entry) { return is_system_root(name_of_variable(entry)); });
        if (ours != inherited.end()) variables.push_back(*ours);
    }
    std::erase(variables, ""); // would end the block
    sort_by_name(variables);
    return variables;
}

std::optional<std::string_view> find_windows_variable(const std::vector<std::string> &variables,
                                                      std::string_view name) {
    return find_variable(variables, name, without_case);
}

EnvironmentBlock windows_environment_block(const std::vector<std::string> &variables) {
    EnvironmentBlock block;
    for (const std::string &variable : variables) {
        const auto text = to_utf16(variable);
        if (!text) {
            const auto at = utf8_fault(variable).value();
            const std::string_view name = name_of_variable(variable);
            if (at < name.size()) return {{}, "a variable's name is no UTF-8 from byte " + std::to_string(at) + " on"};
            return {{},
                    "the value of '" + std::string(name) + "' is no UTF-8 from byte " +
                        std::to_string(at - name.size() - 1) + " on"};
        }
        block.text += *text;
        block.text += u'\0';
    }
    if (variables.empty()) block.text += u'\0'; // the end of a first variable that there is not
    block.text += u'\0';
    return block;
}

} // namespace backchat::base
