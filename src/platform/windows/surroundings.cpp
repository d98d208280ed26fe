#include "platform/windows/surroundings.hpp"

#include "base/windows_environment.hpp"
#include "base/windows_search_path.hpp"
#include "platform/windows/text.hpp"

#include <backchat/error.hpp>

#include <memory>
#include <vector>

#include <windows.h>

namespace backchat::platform {
namespace {

std::vector<std::string> our_environment() {
    const std::unique_ptr<wchar_t, BOOL(WINAPI *)(wchar_t *)> block(::GetEnvironmentStringsW(),
                                                                    ::FreeEnvironmentStringsW);
    std::vector<std::string> variables;
    if (!block) return variables;
    for (const wchar_t *each = block.get(); *each != L'\0';) {
        const std::wstring_view variable(each);
        variables.push_back(to_utf8(variable));
        each += variable.size() + 1;
    }
    return variables;
}

} // namespace

Surroundings surroundings_of(const Options &options, const std::string &program) {
    const std::vector<std::string> variables = base::windows_environment(options.environment, our_environment());
    base::EnvironmentBlock block = base::windows_environment_block(variables);
    if (block.fault)
        throw SpawnError(Stage::environment, std::make_error_code(std::errc::illegal_byte_sequence), program,
                         *block.fault);
    const auto path = base::find_windows_variable(variables, "PATH");
    const auto root = base::find_windows_variable(variables, "SYSTEMROOT");
    return {std::move(block.text),
            path ? std::string(*path) : base::default_windows_path(root.value_or("C:\\Windows"))};
}

} // namespace backchat::platform
