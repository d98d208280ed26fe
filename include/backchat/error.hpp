#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <system_error>

namespace backchat {

/// The steps that can fail. Each is named for what was asked of the operating system.
enum class Stage : std::uint8_t {
    arguments,         // an empty argv, a NUL in an argument
    environment,       // a name that is empty or has '=' in it, a NUL anywhere
    options,           // values that contradict each other or that this platform does not have
    open,              // opening a file for a redirection
    pipe,              // making a pipe
    memory,            // the new process's stack
    clone,             // making the process
    pidfd,             // a handle for the process
    session,           // setsid
    process_group,     // setpgid
    descriptors,       // putting descriptors at their numbers
    close_descriptors, // closing all the others
    umask,
    nice,
    resource_limit,
    cpu_affinity,
    working_directory, // chdir
    setgroups,
    setgid,
    setuid,
    no_new_privs,
    exec,
    wait,   // asking the system about a child
    read,   // from one of the child's outputs
    write,  // to the child's input
    signal, // sending one
};

/// Gives the enumerator's name, as a literal; for working_directory "chdir".
const char *to_string(Stage stage) noexcept;

/// What was impossible: the step, the operating system's own error, and the program it was about.
///
/// code() is in std::system_category(), or in std::generic_category() where the library refused the request itself;
/// both compare equal to std::errc. What can normally happen (would block, end of file, a timeout, an exit code)
/// is never an exception.
class Error : public std::system_error {
public:
    Error(Stage stage, std::error_code code, std::string program, const std::string &detail = {});

    Stage stage() const noexcept { return stage_; }
    /// argv[0], or the executable when one was named.
    const std::string &program() const noexcept { return program_; }

private:
    Stage stage_;
    std::string program_;
};

/// No child was started. No descriptor, zombie, thread or changed signal mask is left behind.
class SpawnError : public Error {
public:
    using Error::Error;
};

/// A stream was used that was not spawned as Redirect::pipe(): a mistake in the calling program.
class NotAPipe : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

} // namespace backchat
