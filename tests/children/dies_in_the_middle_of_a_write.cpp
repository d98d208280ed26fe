/// Is killed inside a write of one MiB to stdout, when the pipe is full and part of the data is in it.
#include "os.hpp"
#include "pattern.hpp"

#include <thread>

int main() {
    static char data[1 << 20];
    pattern::fill(data, sizeof data, 0);
    std::thread([] {
        // A full pipe stays full as long as nobody reads; if somebody does, the next filling is waited for.
        const int full = ::fcntl(os::out, F_GETPIPE_SZ);
        while (os::bytes_waiting(os::out) < full) std::this_thread::yield();
        std::raise(SIGKILL);
    }).detach();
    os::write_all(os::out, data, sizeof data);
    return 99; // the whole of it went out, because somebody read all the time
}
