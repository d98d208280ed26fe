#include <backchat/backchat.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace backchat;

/// Checks a table of names against to_string(), and that it is complete up to `last` and without doubles.
///
/// That nothing comes after `last` is the compiler's to see: the library's switches have no default.
template <class Enum>
void expect_names(const std::vector<std::pair<Enum, std::string>> &names, Enum last) {
    std::set<std::string> different;
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(names[i].first), i) << names[i].second << " is not in its place";
        EXPECT_EQ(to_string(names[i].first), names[i].second);
        different.insert(to_string(names[i].first));
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
    EXPECT_EQ(different.size(), names.size());
}

TEST(Names, of_stages) {
    expect_names<Stage>(
        {
            {Stage::arguments, "arguments"},
            {Stage::environment, "environment"},
            {Stage::options, "options"},
            {Stage::open, "open"},
            {Stage::pipe, "pipe"},
            {Stage::memory, "memory"},
            {Stage::clone, "clone"},
            {Stage::pidfd, "pidfd"},
            {Stage::session, "session"},
            {Stage::process_group, "process_group"},
            {Stage::descriptors, "descriptors"},
            {Stage::close_descriptors, "close_descriptors"},
            {Stage::umask, "umask"},
            {Stage::nice, "nice"},
            {Stage::resource_limit, "resource_limit"},
            {Stage::cpu_affinity, "cpu_affinity"},
            {Stage::working_directory, "chdir"},
            {Stage::setgroups, "setgroups"},
            {Stage::setgid, "setgid"},
            {Stage::setuid, "setuid"},
            {Stage::no_new_privs, "no_new_privs"},
            {Stage::exec, "exec"},
            {Stage::wait, "wait"},
            {Stage::read, "read"},
            {Stage::write, "write"},
            {Stage::signal, "signal"},
        },
        Stage::signal);
}

TEST(Names, of_streams) {
    expect_names<Stream>({{Stream::in, "stdin"}, {Stream::out, "stdout"}, {Stream::err, "stderr"}}, Stream::err);
}

TEST(Names, of_reasons) {
    expect_names<Reason>(
        {
            {Reason::data, "data"},
            {Reason::would_block, "would_block"},
            {Reason::end_of_file, "end_of_file"},
            {Reason::broken_pipe, "broken_pipe"},
            {Reason::closed, "closed"},
            {Reason::exited, "exited"},
            {Reason::timeout, "timeout"},
            {Reason::cancelled, "cancelled"},
            {Reason::limit, "limit"},
            {Reason::failed, "failed"},
        },
        Reason::failed);
}

TEST(Names, of_ends_of_file) {
    expect_names<Eof>(
        {
            {Eof::not_a_pipe, "not_a_pipe"},
            {Eof::open, "open"},
            {Eof::complete, "complete"},
            {Eof::cut, "cut"},
            {Eof::closed, "closed"},
            {Eof::failed, "failed"},
        },
        Eof::failed);
}

TEST(Names, of_stop_actions) {
    expect_names<StopAction>(
        {
            {StopAction::close_stdin, "close_stdin"},
            {StopAction::interrupt, "interrupt"},
            {StopAction::interrupt_tree, "interrupt_tree"},
            {StopAction::terminate, "terminate"},
            {StopAction::terminate_tree, "terminate_tree"},
            {StopAction::kill, "kill"},
            {StopAction::kill_tree, "kill_tree"},
        },
        StopAction::kill_tree);
}

} // namespace
