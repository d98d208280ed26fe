#pragma once

#include <optional>
#include <string>

namespace support {

/// Gives a variable of this process, as a child that inherits our environment would find it.
std::optional<std::string> our_variable(const std::string &name);
/// Sets it, or removes it.
void set_our_variable(const std::string &name, const std::optional<std::string> &value);

/// A variable of ours for as long as this lives; then it is as it was.
class OurVariable {
public:
    OurVariable(std::string name, const std::optional<std::string> &value)
        : name_(std::move(name)), before_(our_variable(name_)) {
        set_our_variable(name_, value);
    }
    OurVariable(const OurVariable &) = delete;
    OurVariable &operator=(const OurVariable &) = delete;
    ~OurVariable() { set_our_variable(name_, before_); }

private:
    std::string name_;
    std::optional<std::string> before_;
};

} // namespace support
