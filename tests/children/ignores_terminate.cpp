/// Ignores the polite signals, says "ready", and does not end when stdin does.
#include "os.hpp"

int main() {
    os::ignore_polite_signals();
    os::write_text(os::out, "ready\n");
    os::wait_to_be_killed();
}
