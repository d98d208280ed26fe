/// Is killed inside a write of one MiB to stdout, when the pipe is full and part of the data is in it.
#include "../os.hpp"
#include "../pattern.hpp"

#include <thread>

#include <sys/ioctl.h>

namespace {

/// Gives the bytes written to a pipe that nobody has read yet.
int bytes_waiting(int descriptor) {
    int count = 0;
    return ::ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

} // namespace

int main() {
    static char data[1 << 20];
    pattern::fill(data, sizeof data, 0);
    std::thread([] {
        // A full pipe stays full as long as nobody reads; if somebody does, the next filling is waited for.
        const long full = os::pipe_capacity(os::out);
        while (bytes_waiting(os::out) < full) std::this_thread::yield();
        os::kill_self();
    }).detach();
    os::write_all(os::out, data, sizeof data);
    return 99; // the whole of it went out, because somebody read all the time
}
