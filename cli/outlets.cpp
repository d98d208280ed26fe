#include "outlets.hpp"

namespace backchat::cli {

Outlets::Outlets(const std::shared_ptr<Wakeup> &wakeup)
    : out_(std::make_shared<OutputWriter>(wakeup)),
      err_(outputs_are_one_file() ? out_ : std::make_shared<OutputWriter>(wakeup)) {}

} // namespace backchat::cli
