#pragma once

/// The version of these headers, `major.minor.patch`. Before 1.0 a minor step may change the API.
#define BACKCHAT_VERSION "0.1.0"

namespace backchat {

/// Gives the version of the compiled library, to be compared with BACKCHAT_VERSION of the headers.
/// Lifetime: a literal. Threads: any.
const char *version() noexcept;

} // namespace backchat
