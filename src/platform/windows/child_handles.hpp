#pragma once

#include "platform/windows/handle.hpp"

#include <backchat/options.hpp>

#include <array>
#include <string>
#include <vector>

namespace backchat::platform {

/// The handles that a child is given: its three streams, and those that it finds at numbers of their own.
///
/// All are the child's copies, and become inheritable at the last moment only: until they are closed, a CreateProcess
/// of somebody else's in this process would pass them on.
class ChildHandles {
public:
    /// Opens files and copies handles; pipes are put in by place_pipe().
    /// On error: throws SpawnError (open, descriptors).
    ChildHandles(const Options &options, const std::string &program);

    /// Has the child find `handle` as its stream `number` (0, 1 or 2).
    void place_pipe(int number, Handle handle);

    /// Makes all of them inheritable. On error: throws std::system_error.
    void make_inheritable();
    /// All that the child inherits, each once.
    std::vector<HANDLE> inherited() const;
    /// One of the child's streams; null where it has none.
    HANDLE stream(int number) const;
    /// The block by which Microsoft's C runtime tells a child its descriptors above 2; empty when there are none.
    std::vector<unsigned char> runtime_block() const;

private:
    void place(int number, const Redirect &to, const std::string &program);

    struct Placement {
        int number;
        Handle handle;
        bool append;
    };
    std::vector<Placement> placements_;
    bool merged_; // stderr goes where stdout does
};

} // namespace backchat::platform
