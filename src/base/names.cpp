#include <backchat/error.hpp>
#include <backchat/result.hpp>
#include <backchat/stop.hpp>

namespace backchat {

const char *to_string(Stage stage) noexcept {
    switch (stage) {
    case Stage::arguments: return "arguments";
    case Stage::environment: return "environment";
    case Stage::options: return "options";
    case Stage::open: return "open";
    case Stage::pipe: return "pipe";
    case Stage::memory: return "memory";
    case Stage::clone: return "clone";
    case Stage::pidfd: return "pidfd";
    case Stage::session: return "session";
    case Stage::process_group: return "process_group";
    case Stage::descriptors: return "descriptors";
    case Stage::close_descriptors: return "close_descriptors";
    case Stage::umask: return "umask";
    case Stage::nice: return "nice";
    case Stage::resource_limit: return "resource_limit";
    case Stage::cpu_affinity: return "cpu_affinity";
    case Stage::working_directory: return "chdir";
    case Stage::setgroups: return "setgroups";
    case Stage::setgid: return "setgid";
    case Stage::setuid: return "setuid";
    case Stage::no_new_privs: return "no_new_privs";
    case Stage::exec: return "exec";
    case Stage::wait: return "wait";
    case Stage::read: return "read";
    case Stage::write: return "write";
    case Stage::signal: return "signal";
    }
    return "?";
}

const char *to_string(Stream stream) noexcept {
    switch (stream) {
    case Stream::in: return "stdin";
    case Stream::out: return "stdout";
    case Stream::err: return "stderr";
    }
    return "?";
}

const char *to_string(Reason reason) noexcept {
    switch (reason) {
    case Reason::data: return "data";
    case Reason::would_block: return "would_block";
    case Reason::end_of_file: return "end_of_file";
    case Reason::broken_pipe: return "broken_pipe";
    case Reason::closed: return "closed";
    case Reason::exited: return "exited";
    case Reason::timeout: return "timeout";
    case Reason::cancelled: return "cancelled";
    case Reason::limit: return "limit";
    case Reason::failed: return "failed";
    }
    return "?";
}

const char *to_string(Eof eof) noexcept {
    switch (eof) {
    case Eof::not_a_pipe: return "not_a_pipe";
    case Eof::open: return "open";
    case Eof::complete: return "complete";
    case Eof::cut: return "cut";
    case Eof::closed: return "closed";
    case Eof::failed: return "failed";
    }
    return "?";
}

const char *to_string(StopAction action) noexcept {
    switch (action) {
    case StopAction::close_stdin: return "close_stdin";
    case StopAction::interrupt: return "interrupt";
    case StopAction::interrupt_tree: return "interrupt_tree";
    case StopAction::terminate: return "terminate";
    case StopAction::terminate_tree: return "terminate_tree";
    case StopAction::kill: return "kill";
    case StopAction::kill_tree: return "kill_tree";
    }
    return "?";
}

} // namespace backchat
