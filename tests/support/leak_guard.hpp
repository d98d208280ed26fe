#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace support {

/// Fails a test that leaves something behind: a descriptor, a thread, a child (a zombie too) or another descendant, a
/// changed signal mask, disposition, umask, working directory or subreaper flag. The threshold is zero.
class LeakGuard : public testing::EmptyTestEventListener {
public:
    void OnTestStart(const testing::TestInfo &) override;
    void OnTestEnd(const testing::TestInfo &) override;

private:
    std::set<std::string> before_;
};

/// Has the system and the runtime make what they make once for each process, so that no test is blamed for it.
void settle_process();
/// The system's part of it. Call it before anything of ours can be blamed for what it starts.
void settle_system();

/// Gives what the guard compares, one line each; helpers that host the library use it on themselves.
std::set<std::string> process_state();

/// Gives the differences of two such states, "+ " before what has come and "- " before what has gone; empty when
/// there is none.
std::string difference(const std::set<std::string> &before, const std::set<std::string> &after);

/// Gives the difference to `before`, after a time in which threads and descendants that are about to end may do so.
std::string what_is_left(const std::set<std::string> &before);

} // namespace support
