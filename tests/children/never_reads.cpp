/// Says "ready" and ends when its stdin is closed, without ever reading from it.
#include "os.hpp"

int main() {
    os::write_text(os::out, "ready\n");
    os::wait_for_hangup(os::in);
}
