#pragma once

#include "output_writer.hpp"
#include "wakeup.hpp"

#include <backchat/deadline.hpp>
#include <backchat/result.hpp>

#include <memory>
#include <string>
#include <system_error>

namespace backchat::cli {

/// Gives our own descriptor for an output of the child's: 1 for stdout, 2 for stderr.
int descriptor_of(Stream stream);

/// Says whether our stdout and stderr are one file: `2>&1`, or one terminal.
bool outlets_are_one_file();

/// Our stdout and stderr, as the places where the child's go.
///
/// Each has a writer of its own, so that one whose reader is stuck does not hold up the other. Where both are the same
/// file (2>&1, a terminal) they share one, which keeps what they write in the order of push().
class Outlets {
public:
    explicit Outlets(const std::shared_ptr<Wakeup> &wakeup);

    bool has_room(Stream stream) const { return writer(stream).has_room(); }
    void push(Stream stream, std::string bytes) { writer(stream).push(descriptor_of(stream), std::move(bytes)); }
    std::error_code error(Stream stream) const { return writer(stream).error(descriptor_of(stream)); }
    /// Waits until everything is written; false when it was not.
    bool finish(const Deadline &until) { return out_->finish(until) && err_->finish(until); }

    OutputWriter &writer(Stream stream) { return stream == Stream::err ? *err_ : *out_; }
    const OutputWriter &writer(Stream stream) const { return stream == Stream::err ? *err_ : *out_; }

private:
    std::shared_ptr<OutputWriter> out_;
    std::shared_ptr<OutputWriter> err_;
};

} // namespace backchat::cli
