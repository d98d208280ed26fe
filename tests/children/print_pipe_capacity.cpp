/// Prints how many bytes the pipes at stdin, stdout and stderr hold: "in N", "out N", "err N".
#include "os.hpp"

int main() {
    const long in = os::pipe_capacity(os::in);
    const long err = os::pipe_capacity(os::err);
    std::printf("in %ld\nout %ld\nerr %ld\n", in, os::pipe_capacity(os::out), err);
}
