#pragma once

/// By these the operands of a failed comparison are readable.

#include <backchat/backchat.hpp>

#include <ostream>

namespace backchat {

inline void PrintTo(Reason reason, std::ostream *to) { *to << to_string(reason); }
inline void PrintTo(Stage stage, std::ostream *to) { *to << to_string(stage); }
inline void PrintTo(Eof eof, std::ostream *to) { *to << to_string(eof); }
inline void PrintTo(Stream stream, std::ostream *to) { *to << to_string(stream); }
inline void PrintTo(StopAction action, std::ostream *to) { *to << to_string(action); }
inline void PrintTo(const ExitStatus &status, std::ostream *to) { *to << to_string(status); }

} // namespace backchat
