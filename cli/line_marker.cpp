#include "line_marker.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace backchat::cli {

namespace {

constexpr std::size_t longest_line = std::size_t{64} << 10;

} // namespace

LineMarker::LineMarker(std::string tag, Marks marks, Clock::time_point start)
    : tag_(std::move(tag)), marks_(marks), start_(start) {}

std::string LineMarker::mark(std::string_view bytes, Clock::time_point now) {
    std::string marked;
    while (!bytes.empty()) {
        if (partial_.empty()) partial_since_ = now;
        const std::size_t room = longest_line - partial_.size();
        const std::size_t newline = bytes.find('\n');
        if (newline <= room) {
            append_line(marked, bytes.substr(0, newline));
            bytes.remove_prefix(newline + 1);
        } else if (bytes.size() > room) {
            append_line(marked, bytes.substr(0, room));
            bytes.remove_prefix(room);
        } else {
            partial_ += bytes;
            return marked;
        }
        continues_ = newline > room;
        partial_.clear();
    }
    return marked;
}

std::string LineMarker::finish() {
    std::string marked;
    if (!partial_.empty()) append_line(marked, {});
    partial_.clear();
    continues_ = false;
    return marked;
}

void LineMarker::append_line(std::string &marked, std::string_view rest) const {
    if (marks_.time) marked.append(format_time(partial_since_ - start_)).append(" ");
    if (marks_.tag) marked.append(tag_).append(" ");
    marked.append(continues_ ? "+ " : "| ").append(partial_).append(rest).append("\n");
}

std::string format_time(std::chrono::nanoseconds since_start) {
    return fmt::format("{:10.3f}", std::chrono::duration<double>(since_start).count());
}

} // namespace backchat::cli
