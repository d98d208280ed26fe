#pragma once

#include "line_marker.hpp"
#include "output_writer.hpp"
#include "result_file.hpp"
#include "wakeup.hpp"

#include <backchat/result.hpp>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace backchat::cli {

/// A conversation in writing: each line with the seconds since the start and its direction.
///
///          0.002 in  | 2^10
///          0.004 out | 1024
///          0.005 end | exited(0)
///
/// A line of output that was not complete when something was sent (a prompt) is written before what was sent. What is
/// sent ends its line, whether it has a newline or not.
/// Threads: every member from any thread.
class Transcript {
public:
    Transcript(ResultFile file, std::shared_ptr<Wakeup> wakeup, LineMarker::Clock::time_point start);

    /// Notes what passed on a stream of the child's; Stream::in is what was sent.
    void note(Stream stream, std::string_view bytes);
    /// Notes how it ended. The last entry.
    void note_end(std::string_view text);

    OutputWriter &writer() { return writer_; }
    bool is_on_stdout() const { return file_.is_stdout(); }

private:
    void push(std::string lines) { writer_.push(file_.handle(), std::move(lines)); }

    ResultFile file_;
    OutputWriter writer_;
    std::mutex mutex_;
    LineMarker in_; // guarded by mutex_, as are the rest
    LineMarker out_;
    LineMarker err_;
    LineMarker end_;
};

} // namespace backchat::cli
