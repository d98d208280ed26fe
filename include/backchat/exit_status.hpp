#pragma once

#include <cstdint>
#include <string>

namespace backchat {

/// How a child ended: exited(code), signaled(number), or unknown.
///
/// The three are told apart by kind(): unlike in a shell, exited(137) and signaled(9) differ.
/// `unknown` means that the child has ended but somebody else took its status: the host ignores SIGCHLD, or waits
/// for any child. It is an answer, not an error.
/// Threads: a value; as safe as an int.
class ExitStatus {
public:
    enum class Kind : std::uint8_t { exited, signaled, unknown };
    enum class CoreDump : std::uint8_t { none, written };

    /// Makes an `unknown` status.
    constexpr ExitStatus() = default;
    static constexpr ExitStatus exited(int code) { return {Kind::exited, code, CoreDump::none}; }
    static constexpr ExitStatus signaled(int number, CoreDump core = CoreDump::none) {
        return {Kind::signaled, number, core};
    }
    static constexpr ExitStatus unknown() { return {}; }

    constexpr Kind kind() const { return kind_; }
    constexpr bool is_exited() const { return kind_ == Kind::exited; }
    constexpr bool is_signaled() const { return kind_ == Kind::signaled; }
    constexpr bool is_unknown() const { return kind_ == Kind::unknown; }
    /// True for exited(0) alone.
    constexpr bool success() const { return kind_ == Kind::exited && value_ == 0; }

    /// Gives the exit code: 0 to 255 on Unix, any number on Windows, where those above 2^31 - 1 become negative as they
    /// do in a C program. Requires: is_exited().
    int code() const;
    /// Gives the number of the signal that ended the child. Requires: is_signaled().
    int signal() const;
    /// True when a signal ended the child and the system wrote a core dump.
    constexpr bool core_dumped() const { return core_ == CoreDump::written; }

    /// Gives one number as Python's `returncode` has it: the code, or minus the signal's number. Unknown gives 0,
    /// as Python does; look at kind() first if that matters.
    constexpr int returncode() const { return kind_ == Kind::signaled ? -value_ : value_; }

    friend constexpr bool operator==(const ExitStatus &, const ExitStatus &) = default;

private:
    constexpr ExitStatus(Kind kind, int value, CoreDump core) : value_(value), kind_(kind), core_(core) {}

    int value_ = 0; // the code or the signal's number; 0 when unknown
    Kind kind_ = Kind::unknown;
    CoreDump core_ = CoreDump::none;
};

/// Gives "exited(1)", "signaled(SIGTERM)", "signaled(SIGSEGV, core dumped)" or "unknown".
///
/// A code by which Windows tells that a program has crashed, mostly a negative one, is given as Windows writes it, in
/// words where they are known: "exited(0xC0000005, access violation)", "exited(0xC000ABCD)". exited(-1) is itself.
std::string to_string(const ExitStatus &status);

} // namespace backchat
