/// Closes stdin, says "closed", and ends when its stdout is read no more or it is killed.
#include "os.hpp"

int main() {
    os::close(os::in);
    os::write_text(os::out, "closed\n");
    os::wait_for_hangup(os::out);
}
