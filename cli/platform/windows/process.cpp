#include "cli/platform/process.hpp"

#include "cli/platform/windows/system.hpp"
#include "cli/platform/windows/utf16.hpp"

#include <shellapi.h>

namespace backchat::cli {

/// There is nothing to mend: handles have no numbers of their own, and nobody can keep an exit code from us.
void prepare_process() {}

std::vector<std::string> arguments(int, char **) {
    int count = 0;
    wchar_t **const list = CommandLineToArgvW(GetCommandLineW(), &count);
    if (list == nullptr) throw std::system_error(last_error(), "CommandLineToArgvW");
    std::vector<std::string> result;
    for (int i = 1; i < count; ++i) result.push_back(to_utf8(list[i]));
    LocalFree(list);
    return result;
}

/// Who leads a group of its own can be sent Ctrl-Break, and does not hear of Ctrl-C: we hand it on as Ctrl-Break. So
/// only who may have to be stopped gets one; everybody else gets what is typed, as it is typed.
ProcessGroup group_of_child(Stop stop) {
    return stop == Stop::foreseen ? ProcessGroup::own() : ProcessGroup::inherit();
}

} // namespace backchat::cli
