#include "platform/windows/unsupported.hpp"

namespace backchat::platform {

std::optional<std::string> unsupported(const Options &options) {
    if (options.new_session) return "new_session";
    if (options.process_group.kind() == ProcessGroup::Kind::join) return "process_group: join";
    if (options.umask) return "umask";
    if (options.nice) return "nice";
    if (!options.limits.empty()) return "limits";
    if (options.uid) return "uid";
    if (options.gid) return "gid";
    if (options.groups) return "groups";
    if (options.no_new_privs) return "no_new_privs";
    for (const Descriptor &each : options.descriptors) // the C runtime's own limit
        if (each.number >= 2048) return "descriptors: number " + std::to_string(each.number);
    return std::nullopt;
}

} // namespace backchat::platform
