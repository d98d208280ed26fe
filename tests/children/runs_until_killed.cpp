/// Says "ready", then neither reads nor ends.
#include "os.hpp"

int main() {
    os::write_text(os::out, "ready\n");
    os::wait_to_be_killed();
}
