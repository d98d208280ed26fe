/// exit_with CODE [TEXT]: prints TEXT, exits.
#include "os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    if (argc > 2 && !os::write_text(os::out, argv[2])) return 2;
    std::_Exit(std::atoi(argv[1]));
}
