#pragma once

#include <backchat/options.hpp>

#include <string>
#include <vector>

namespace backchat::platform {

/// What is to be run, and the text from which it makes its arguments.
struct Program {
    std::wstring application; // a whole path
    std::wstring command_line;
};

/// Finds the program that `argv` and `options` name. A batch file is run by the command interpreter, named outright.
/// On error: throws SpawnError: exec, when there is none; arguments, when one cannot be passed to it unchanged.
Program find_program(const std::vector<std::string> &argv, const Options &options, const std::string &path);

/// Gives the path of cmd.exe, from the system and not from a variable that anybody may have set.
std::string command_interpreter();

/// Gives `path` as a whole one, counted from our working directory. On error: throws std::system_error.
std::wstring full_path(const std::wstring &path);

} // namespace backchat::platform
