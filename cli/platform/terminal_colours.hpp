#pragma once

#include <backchat/result.hpp>

#include <functional>

namespace backchat::cli {

/// Has the terminal that is our `stream` understand the escape sequences for colours, if there is one and it can.
/// On Windows a console has to be told; at the end of this object it is left as it was.
class TerminalColours {
public:
    explicit TerminalColours(Stream stream);
    ~TerminalColours() {
        if (restore_) restore_();
    }
    TerminalColours(const TerminalColours &) = delete;
    TerminalColours &operator=(const TerminalColours &) = delete;

    /// Says whether it does.
    bool are_understood() const { return understood_; }

private:
    bool understood_ = false;
    std::function<void()> restore_; // empty when nothing was changed
};

} // namespace backchat::cli
