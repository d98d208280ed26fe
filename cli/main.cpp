#include "cli/platform/process.hpp"
#include "main_command.hpp"

int main(int argc, char **argv) { return backchat::cli::main_command(backchat::cli::arguments(argc, argv)); }
