#include "support/feature.hpp"

#include <string_view>

namespace support {
namespace {

struct Gap {
    std::string_view platform;
    Feature feature;
    const char *why;
};

constexpr const char *refused = "is refused with not_supported";

constexpr Gap gaps[] = {
    {"posix", Feature::adoption, refused},
    {"posix", Feature::cpu_affinity, refused},
    {"posix", Feature::no_new_privs, refused},
    {"posix", Feature::descendants, "not every Unix lets one look for them; the child and its group are reached"},
    {"posix", Feature::exit_event, "not every Unix tells of it but by a call that waits"},
    {"posix", Feature::holders, "not every Unix lets one look into other processes"},
    {"posix", Feature::pipe_capacity, "not every Unix lets one set it"},
    {"windows", Feature::credentials, refused},
    {"windows", Feature::holders, "Windows does not tell who has a pipe open"},
    {"windows", Feature::group_to_join, refused},
    {"windows", Feature::immediacy, "a read or write is pending already, and what became of it comes a moment later"},
    {"windows", Feature::limits, refused},
    {"windows", Feature::no_new_privs, refused},
    {"windows", Feature::session, refused},
};

} // namespace

const char *missing(Feature feature) {
    for (const Gap &gap : gaps)
        if (gap.platform == BACKCHAT_TEST_PLATFORM && gap.feature == feature) return gap.why;
    return missing_here(feature);
}

} // namespace support
