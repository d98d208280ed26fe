#include "support/our_variable.hpp"

#include <cstdlib>

namespace support {

std::optional<std::string> our_variable(const std::string &name) {
    const char *value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

void set_our_variable(const std::string &name, const std::optional<std::string> &value) {
    if (value) ::setenv(name.c_str(), value->c_str(), 1);
    else ::unsetenv(name.c_str());
}

} // namespace support
