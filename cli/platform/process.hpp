#pragma once

#include <backchat/options.hpp>

#include <string>
#include <vector>

namespace backchat::cli {

/// Mends what a parent may have left wrong in this process for what we do. Call it first.
void prepare_process();

/// Gives what stands behind the program's name on our command line; on Windows as UTF-8, whatever the code page.
std::vector<std::string> arguments(int argc, char **argv);

/// Whether a child may have to be stopped by us.
enum class Stop : bool { not_foreseen, foreseen };

/// Gives the process group for a child of ours: the one in which what is typed at a terminal reaches it, and in which
/// it can be asked to end.
ProcessGroup group_of_child(Stop stop);

} // namespace backchat::cli
