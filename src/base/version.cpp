#include <backchat/version.hpp>

namespace backchat {

const char *version() noexcept { return BACKCHAT_VERSION; }

} // namespace backchat
