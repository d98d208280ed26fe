/// A child that cannot be started is an exception, which names the step. A child that fails is a status.
#include <backchat/backchat.hpp>

#include <iostream>
#include <string>
#include <vector>

void try_to_run(std::vector<std::string> argv, const backchat::RunOptions &options = {}) {
    try {
        std::cout << to_string(*backchat::run(std::move(argv), options).status) << "\n";
    } catch (const backchat::SpawnError &error) {
        std::cout << to_string(error.stage()) << ", errno " << error.code().value() << ": " << error.what() << "\n";
    }
}

int main() {
    try_to_run({"false"});
    try_to_run({"no-such-program"});
    try_to_run({"/etc/passwd"});
    try_to_run({"./script_without_interpreter"}); // beside this file, where the tests run it
    try_to_run({"true"}, {.spawn = {.cwd = "/no/such/directory"}});
}
