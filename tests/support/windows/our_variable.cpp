#include "support/our_variable.hpp"

#include "support/windows/system.hpp"
#include "support/windows/wide.hpp"

namespace support {

std::optional<std::string> our_variable(const std::string &name) {
    std::wstring value(32767, L'\0');
    ::SetLastError(ERROR_SUCCESS);
    value.resize(::GetEnvironmentVariableW(wide(name).c_str(), value.data(), 32767));
    if (value.empty() && ::GetLastError() == ERROR_ENVVAR_NOT_FOUND) return std::nullopt;
    return narrow(value);
}

void set_our_variable(const std::string &name, const std::optional<std::string> &value) {
    ::SetEnvironmentVariableW(wide(name).c_str(), value ? wide(*value).c_str() : nullptr);
}

} // namespace support
