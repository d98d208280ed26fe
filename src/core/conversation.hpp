#pragma once

#include "base/byte_queue.hpp"
#include "core/ending.hpp"

#include <backchat/deadline.hpp>
#include <backchat/options.hpp>
#include <backchat/result.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace backchat::core {

/// What is known of a talk with one child: what has arrived, which streams have ended, whether the child has.
///
/// It makes no system call and never waits. Whoever drives it tells it what happened (the on_ functions), and asks
/// what to do next. The blocking calls are one such driver; a loop of thousands of children is another.
/// Threads: one caller at a time.
class Conversation {
public:
    explicit Conversation(const Options &options);

    // ---- What happened.

    void on_data(Stream stream, std::string_view bytes, Clock::time_point now);
    /// No more will come: end_of_file, or failed with its error.
    void on_end(Stream stream, Reason reason, std::error_code error = {});
    /// We closed our end. What was buffered of an output is dropped.
    void on_closed(Stream stream);
    /// Nobody reads the child's stdin any more: broken_pipe, or failed with its error.
    void on_input_end(Reason reason, std::error_code error = {});
    void on_exit(const ExitStatus &status, const Usage &usage, Clock::time_point now);
    /// The child has exited and cut_at() has come: outputs that have not ended are cut. Not those that are full: they
    /// have yet to be read to where they are.
    void on_cut();

    // ---- What to do.

    /// True when the driver should read this output: it is open and there is room.
    bool wants(Stream stream) const;
    /// True while at least one output may still bring something, the cut ones apart.
    bool listening() const { return output(Stream::out).eof == Eof::open || output(Stream::err).eof == Eof::open; }
    /// Has wants() disregard the limit, for an operation that hands everything over.
    void lift_limit(bool lifted) { limit_lifted_ = lifted; }

    // ---- What is known.

    bool is_pipe(Stream stream) const;
    /// The input's state: nothing while it is open, else why it is not.
    std::optional<Reason> input_end() const { return input_end_; }
    std::error_code input_error() const { return input_error_; }
    Eof eof(Stream stream) const { return output(stream).eof; }
    /// The answer to a read of a stream that has nothing buffered: would_block while open or cut.
    Reason quiet_reason(Stream stream) const;
    std::error_code error(Stream stream) const { return output(stream).error; }
    /// When the last bytes came.
    Clock::time_point since(Stream stream) const { return output(stream).since; }
    /// True when an output that may bring more has no room: its writer may be waiting for us.
    bool stuck() const { return stuck(Stream::out) || stuck(Stream::err); }
    /// The limit on an output's buffer has been reached.
    bool full(Stream stream) const { return !limit_lifted_ && output(stream).bytes.size() >= limit_; }
    base::ByteQueue &bytes(Stream stream) { return output(stream).bytes; }
    const base::ByteQueue &bytes(Stream stream) const { return output(stream).bytes; }

    const std::optional<ExitStatus> &status() const { return status_; }
    const Usage &usage() const { return usage_; }
    /// When to stop waiting for the end of outputs: never, as long as the child runs or there is nothing to cut.
    Clock::time_point cut_at() const {
        const bool to_cut = wants(Stream::out) || wants(Stream::err);
        return to_cut ? ending_.cut_at() : Clock::time_point::max();
    }
    /// True when the exit and end-of-file contract is fulfilled: the child has exited and every output has ended or
    /// was cut.
    bool finished() const { return status_ && !listening(); }

private:
    struct Output {
        base::ByteQueue bytes;
        Eof eof = Eof::not_a_pipe;
        std::error_code error;
        Clock::time_point since{}; // when the last bytes came
    };

    bool stuck(Stream stream) const { return output(stream).eof == Eof::open && full(stream); }
    Output &output(Stream stream) { return outputs_[stream == Stream::err ? 1 : 0]; }
    const Output &output(Stream stream) const { return outputs_[stream == Stream::err ? 1 : 0]; }

    std::array<Output, 2> outputs_;
    Ending ending_;
    std::size_t limit_;
    std::optional<ExitStatus> status_;
    Usage usage_;
    std::optional<Reason> input_end_;
    std::error_code input_error_;
    bool input_is_pipe_;
    bool limit_lifted_ = false;
};

} // namespace backchat::core
