#include <backchat/error.hpp>

#include <utility>

namespace backchat {
namespace {

std::string describe(Stage stage, const std::string &program, const std::string &detail) {
    std::string text = program.empty() ? std::string() : program + ": ";
    text += to_string(stage);
    if (!detail.empty()) text += " (" + detail + ")";
    return text;
}

} // namespace

Error::Error(Stage stage, std::error_code code, std::string program, const std::string &detail)
    : std::system_error(code, describe(stage, program, detail)), stage_(stage), program_(std::move(program)) {}

} // namespace backchat
