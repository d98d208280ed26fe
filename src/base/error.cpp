#include <backchat/error.hpp>

#include <utility>

namespace backchat {
namespace {

std::string describe(Stage stage, const std::string &program, const std::string &detail) {
    // what() is a C string: a NUL, which may be what is wrong with the name, must not end it.
    std::string text;
    for (const char c : program) text += c == '\0' ? std::string("\\0") : std::string(1, c);
    if (!program.empty()) text += ": ";
    text += to_string(stage);
    if (!detail.empty()) text += " (" + detail + ")";
    return text;
}

} // namespace

Error::Error(Stage stage, std::error_code code, std::string program, const std::string &detail)
    : std::system_error(code, describe(stage, program, detail)), stage_(stage), program_(std::move(program)) {}

} // namespace backchat
