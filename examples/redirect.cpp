/// Where the streams go: a file, nowhere, both outputs into one; and what else the child is given.
#include <backchat/backchat.hpp>

#include <iostream>

using backchat::Environment;
using backchat::Redirect;

int main() {
    backchat::Options options;
    options.in = Redirect::read_file("/etc/passwd");
    options.err = Redirect::merge_stdout();
    options.cwd = "/usr";
    options.environment = Environment::clear().set("PATH", "/usr/bin:/bin").set("GREETING", "hello");
    options.new_session = true;

    backchat::Popen child(backchat::shell("echo $GREETING from $(pwd); test -s /dev/stdin && echo has input >&2"),
                          options);
    const auto result = child.communicate(backchat::forever);
    std::cout << result.out << "stderr: " << to_string(result.eof_err) << "\n";
}
