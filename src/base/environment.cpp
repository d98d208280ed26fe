#include <backchat/options.hpp>

#include <utility>

namespace backchat {

Environment Environment::extend(std::vector<Variable> variables) {
    Environment environment;
    for (Variable &variable : variables) environment.set(std::move(variable.first), std::move(variable.second));
    return environment;
}

Environment Environment::replace(std::vector<Variable> variables) {
    Environment environment = extend(std::move(variables));
    environment.inherits_ = false;
    return environment;
}

Environment Environment::clear() { return replace({}); }

Environment &Environment::set(std::string name, std::string value) & {
    changes_.push_back({std::move(name), std::move(value)});
    return *this;
}

Environment &&Environment::set(std::string name, std::string value) && {
    return std::move(set(std::move(name), std::move(value)));
}

Environment &Environment::unset(std::string name) & {
    changes_.push_back({std::move(name), std::nullopt});
    return *this;
}

Environment &&Environment::unset(std::string name) && { return std::move(unset(std::move(name))); }

} // namespace backchat
