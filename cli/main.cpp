#include "main_command.hpp"

int main(int argc, char **argv) { return backchat::cli::main_command({argv + 1, argv + argc}); }
