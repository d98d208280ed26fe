/// writes_names_to_descriptors NUMBER…: writes "to N\n" to each descriptor N.
#include "os.hpp"

int main(int argc, char **argv) {
    for (int i = 1; i < argc; ++i) {
        char line[32];
        std::snprintf(line, sizeof line, "to %s\n", argv[i]);
        if (!os::write_text(std::atoi(argv[i]), line)) return i;
    }
}
