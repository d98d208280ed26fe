#include "support/leak_guard.hpp"

#include "support/process_table.hpp"
#include "support/time.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

namespace support {
namespace {

using Lines = std::set<std::string>;

/// True for what may still be on its way out when the call that ended it has come back: the kernel lists a joined
/// thread until it is gone, and an orphan whose lifeline was cut has yet to run.
bool may_be_ending(const std::string &line) {
    for (const std::string_view kind : {"thread ", "descendant ", "handle "})
        if (line.starts_with(kind)) return true;
    return false;
}

Lines only_in(const Lines &some, const Lines &others) {
    Lines rest;
    std::set_difference(some.begin(), some.end(), others.begin(), others.end(), std::inserter(rest, rest.end()));
    return rest;
}

} // namespace

void settle_process() {
    std::thread([] {}).join(); // with the first one, ThreadSanitizer starts one of its own, which stays
    SCOPED_TRACE("");          // GoogleTest on Windows watches each thread that has a trace by one of its own
}

std::string difference(const Lines &before, const Lines &after) {
    std::string text;
    for (const auto &line : only_in(after, before)) text += "+ " + line + '\n';
    // That a thread or a descendant of an earlier test has come to its end meanwhile is none of this one's.
    for (const auto &line : only_in(before, after)) {
        if (!may_be_ending(line)) text += "- " + line + '\n';
    }
    return text;
}

std::string what_is_left(const Lines &before) {
    Lines after;
    eventually(
        [&] {
            after = process_state();
            const auto extra = only_in(after, before);
            return std::none_of(extra.begin(), extra.end(), may_be_ending);
        },
        std::chrono::seconds(2));
    return difference(before, after);
}

void LeakGuard::OnTestStart(const testing::TestInfo &) { before_ = process_state(); }

void LeakGuard::OnTestEnd(const testing::TestInfo &) {
    const std::string left = what_is_left(before_);
    if (left.empty()) return;
    ADD_FAILURE() << "the test has left this behind:\n" << left;
    for (const auto &entry : marked_descendants()) kill_process(entry.pid); // not the next one's
}

} // namespace support
