#pragma once

#include "support/native_handle.hpp"

#include <backchat/backchat.hpp>

namespace integration {

/// Ends a grandchild that nobody waits for: it lives until this is cut, or is gone with the test.
class Lifeline {
public:
    /// Gives `options` with the child's end at the number that the child programs look at.
    backchat::Options tied(backchat::Options options = {}) const {
        options.descriptors.push_back({3, backchat::Redirect::handle(pipe_.read.get())});
        return options;
    }
    void cut() { pipe_.write.reset(); }

private:
    support::Pipe pipe_;
};

} // namespace integration
