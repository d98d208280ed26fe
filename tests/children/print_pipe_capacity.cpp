/// Prints how many bytes the pipes at stdin, stdout and stderr hold: "in N", "out N", "err N".
#include "os.hpp"

int main() {
    const int in = ::fcntl(os::in, F_GETPIPE_SZ);
    const int err = ::fcntl(os::err, F_GETPIPE_SZ);
    std::printf("in %d\nout %d\nerr %d\n", in, ::fcntl(os::out, F_GETPIPE_SZ), err);
}
