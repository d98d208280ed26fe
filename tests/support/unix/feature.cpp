#include "support/feature.hpp"

namespace support {

const char *missing_here(Feature) { return nullptr; }

} // namespace support
