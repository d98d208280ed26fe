#pragma once

#include "cli/platform/standard_streams.hpp"
#include "output_writer.hpp"
#include "wakeup.hpp"

#include <backchat/deadline.hpp>
#include <backchat/result.hpp>

#include <memory>
#include <string>
#include <system_error>

namespace backchat::cli {

/// Our stdout and stderr, as the places where the child's go.
///
/// Each has a writer of its own, so that one whose reader is stuck does not hold up the other. Where both are the same
/// file (2>&1, a terminal) they share one, which keeps what they write in the order of push().
class Outlets {
public:
    explicit Outlets(const std::shared_ptr<Wakeup> &wakeup);

    bool has_room(Stream stream) const { return writer(stream).has_room(); }
    void push(Stream stream, std::string bytes) { writer(stream).push(standard_handle(stream), std::move(bytes)); }
    std::error_code error(Stream stream) const { return writer(stream).error(standard_handle(stream)); }
    /// Waits until everything is written; false when it was not.
    bool finish(const Deadline &until) { return out_->finish(until) && err_->finish(until); }

    OutputWriter &writer(Stream stream) { return stream == Stream::err ? *err_ : *out_; }
    const OutputWriter &writer(Stream stream) const { return stream == Stream::err ? *err_ : *out_; }

private:
    std::shared_ptr<OutputWriter> out_;
    std::shared_ptr<OutputWriter> err_;
};

} // namespace backchat::cli
