#pragma once

#include <backchat/result.hpp>
#include <backchat/stop.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace backchat {

/// A file descriptor, or on Windows a HANDLE.
using NativeHandle = std::intptr_t;

/// Where one of the child's streams goes.
///
/// Threads: a value.
class Redirect {
public:
    enum class Kind : std::uint8_t { pipe, inherit, discard, read_file, truncate_file, append_file, handle, merge };

    /// A pipe between the child and us: what send, recv and their kin work on.
    static Redirect pipe() { return Redirect(Kind::pipe); }
    /// The same as ours. Where ours is closed, so is the child's.
    static Redirect inherit() { return Redirect(Kind::inherit); }
    /// Nothing: reads give end of file, writes vanish.
    static Redirect discard() { return Redirect(Kind::discard); }
    /// A file, opened by us when the child is spawned; a relative path counts from our working directory. Opening a
    /// FIFO waits for its other end, as in a shell.
    static Redirect read_file(std::string path) { return {Kind::read_file, std::move(path)}; }
    /// As above; created with mode 0666 less our umask, or emptied.
    static Redirect truncate_file(std::string path) { return {Kind::truncate_file, std::move(path)}; }
    /// As above; each write goes to the end, whoever else writes.
    static Redirect append_file(std::string path) { return {Kind::append_file, std::move(path)}; }
    /// A descriptor of the caller's. It stays the caller's: it is only used during the spawn, and never changed.
    static Redirect handle(NativeHandle handle) { return Redirect(Kind::handle, handle); }
    /// For stderr alone: wherever stdout goes, in one stream with it.
    static Redirect merge_stdout() { return Redirect(Kind::merge); }

    Kind kind() const { return kind_; }
    const std::string &path() const { return path_; }
    NativeHandle native() const { return handle_; }

private:
    explicit Redirect(Kind kind, NativeHandle handle = -1) : handle_(handle), kind_(kind) {}
    Redirect(Kind kind, std::string path) : path_(std::move(path)), kind_(kind) {}

    std::string path_;
    NativeHandle handle_ = -1;
    Kind kind_;
};

/// One more descriptor for the child, at a number of the caller's choice above 2.
struct Descriptor {
    int number;
    Redirect to; // not pipe or merge_stdout
};

/// What the child finds in its environment.
///
///     Environment()                          ours, as it is at the moment of the spawn
///     Environment().set("LANG", "C")         ours with a change
///     Environment().unset("HOME")
///     Environment::clear().set("PATH", "…")  only what is named
///
/// Set twice, the last one wins. A name that is empty or has '=' in it, and a NUL anywhere, make the spawn fail with
/// Stage::environment.
/// Threads: a value; but reading ours while another thread calls setenv is a race that no library can mend.
class Environment {
public:
    using Variable = std::pair<std::string, std::string>;
    struct Change {
        std::string name;
        std::optional<std::string> value; // empty: unset
    };

    Environment() = default;
    /// Extends ours by `variables`.
    static Environment extend(std::vector<Variable> variables);
    /// Replaces ours by `variables`.
    static Environment replace(std::vector<Variable> variables);
    /// An empty environment.
    static Environment clear();

    Environment &set(std::string name, std::string value) &;
    Environment &&set(std::string name, std::string value) &&;
    Environment &unset(std::string name) &;
    Environment &&unset(std::string name) &&;

    bool inherits() const { return inherits_; }
    const std::vector<Change> &changes() const { return changes_; }

private:
    std::vector<Change> changes_;
    bool inherits_ = true;
};

/// The child's process group.
class ProcessGroup {
public:
    enum class Kind : std::uint8_t { inherit, own, join };

    /// Ours: a terminal's Ctrl-C reaches both.
    static ProcessGroup inherit() { return {Kind::inherit, 0}; }
    /// A new one that the child leads.
    static ProcessGroup own() { return {Kind::own, 0}; }
    /// An existing one in our session.
    static ProcessGroup join(Pid group) { return {Kind::join, group}; }

    Kind kind() const { return kind_; }
    Pid group() const { return group_; }

private:
    ProcessGroup(Kind kind, Pid group) : group_(group), kind_(kind) {}
    Pid group_;
    Kind kind_;
};

/// What a ResourceLimit bounds; see setrlimit(2) for units.
enum class Resource : std::uint8_t {
    address_space, // bytes
    core_size,     // bytes
    cpu_time,      // seconds
    data_size,     // bytes
    file_size,     // bytes
    open_files,    // descriptors
    processes,     // of the user
    stack_size,    // bytes
    locked_memory, // bytes
};

struct ResourceLimit {
    static constexpr std::uint64_t unlimited = ~std::uint64_t{0};

    Resource resource;
    std::uint64_t soft;
    std::uint64_t hard;
};

/// The child's signal mask and dispositions.
enum class Signals : std::uint8_t {
    defaults, // nothing blocked, everything at its default
    inherit,  // ours: what we block is blocked, what we ignore is ignored; what we handle is at its default
};

/// What happens to the child's descendants that lose their parent.
enum class Orphans : std::uint8_t {
    leave, // the system's init takes them; a tree call finds those that share a group or session of their own
    /// They become children of this process, and tree calls count every child of this process as the tree's. For a
    /// program that has one child, as the command `backchat` does: it changes this process (PR_SET_CHILD_SUBREAPER).
    adopt,
};

/// What the destructor does with a child that has not ended. One that has ended is left as it is, descendants
/// included.
enum class OnDestroy : std::uint8_t {
    kill_tree, // kill the child and its descendants, and reap it; returns within two seconds
    kill,      // the child alone
    terminate, // ask it to end, wait for up to two seconds, then kill the tree
    wait,      // for as long as it takes; its outputs are read and dropped
    detach,    // leave it running; it is reaped in the background when it ends
};

/// How long to listen on after the child has exited, when somebody else keeps its outputs open.
///
/// Either may be std::chrono::nanoseconds::max(): then only end of file ends the stream.
struct Linger {
    std::chrono::nanoseconds idle = std::chrono::milliseconds(200); // since the exit or the last chunk
    std::chrono::nanoseconds total = std::chrono::seconds(2);       // since the exit
};

/// How a child is spawned and treated. Everything has a default.
///
/// Where a platform has no such thing, the spawn fails with Stage::options and std::errc::not_supported: nothing is
/// silently ignored.
struct Options {
    /// The program to run when it is not argv[0]. The same search applies to it.
    std::optional<std::string> executable{};

    Redirect in = Redirect::pipe();
    Redirect out = Redirect::pipe();
    Redirect err = Redirect::pipe();
    std::vector<Descriptor> descriptors{};
    /// Closes every other descriptor in the child, whatever flags the host gave it. False leaves those open that are
    /// inheritable.
    bool close_descriptors = true;

    /// The child's working directory. A relative program path counts from it.
    std::optional<std::string> cwd{};
    Environment environment{};

    bool new_session = false; // setsid; the child leads a group of its own then, too
    ProcessGroup process_group = ProcessGroup::inherit();
    Orphans orphans = Orphans::leave;
    Signals signals = Signals::defaults;

    std::optional<unsigned> umask{};
    std::optional<int> nice{}; // added to ours, as nice(1) does
    std::vector<ResourceLimit> limits{};
    std::vector<unsigned> cpu_affinity{}; // processors, from 0; empty: as ours
    std::optional<std::uint32_t> uid{};   // real, effective and saved
    std::optional<std::uint32_t> gid{};
    std::optional<std::vector<std::uint32_t>> groups{}; // supplementary; with uid and without this: none are dropped
    bool no_new_privs = false;

    /// Bytes each of our pipes should hold. A wish: where the system refuses, the pipe stays as it is.
    std::optional<std::size_t> pipe_capacity{};
    /// Bytes kept for each of stdout and stderr when a call drains what nobody has asked for yet; at least 1, and up to
    /// a read (64 KiB) more.
    std::size_t buffer_limit = std::size_t{64} << 20;

    Linger linger{};
    OnDestroy on_destroy = OnDestroy::kill_tree;
};

} // namespace backchat
