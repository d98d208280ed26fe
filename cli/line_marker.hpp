#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace backchat::cli {

/// What stands in front of each line.
struct Marks {
    bool tag = false;
    bool time = false;
};

/// Turns a stream of bytes into marked lines: "     0.003 out | TEXT".
///
/// A line comes out when it is complete; its time is that of its first byte, counted from `start`. Of a line longer
/// than 64 KiB, every 64 KiB come out as a line of their own, with "+" instead of "|" after the first: memory stays
/// bounded whatever the child writes.
/// Threads: one at a time.
class LineMarker {
public:
    using Clock = std::chrono::steady_clock;

    /// `tag` is what names the stream in three letters: "out" or "err".
    LineMarker(std::string tag, Marks marks, Clock::time_point start);

    /// Takes the next bytes; gives the lines that they complete, marked.
    std::string mark(std::string_view bytes, Clock::time_point now);
    /// Gives what is left of an unfinished line, marked, and completed by a newline.
    std::string finish();

private:
    void append_line(std::string &marked, std::string_view rest) const;

    std::string tag_;
    Marks marks_;
    Clock::time_point start_;
    std::string partial_;               // what came of the unfinished line, without marks
    Clock::time_point partial_since_{}; // when its first byte came
    bool continues_ = false;            // an earlier part of the same line has come out
};

/// Gives seconds with milliseconds, in a column of ten characters.
std::string format_time(std::chrono::nanoseconds since_start);

} // namespace backchat::cli
