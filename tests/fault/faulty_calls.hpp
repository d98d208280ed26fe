#pragma once

/// System calls that fail when a test says so. The linker puts these in the place of the library's calls (--wrap).

#include <cstddef>
#include <string>
#include <vector>

namespace faulty {

/// A call that may fail: the C library's function of that name, or for "syscall" the system call of that number.
struct Call {
    const char *name;
    long number = -1;
};

/// Gives all functions that are wrapped, "syscall" apart.
std::vector<Call> functions();

/// Makes a call fail with `error`: `times` of them, after the first `after` went through. Ends with the object.
///
/// close and munmap do their work all the same, as the kernel does. A new process is struck too, until its program runs.
/// Threads: one fault at a time, but whoever makes the call may be any thread.
class Fault {
public:
    static constexpr int always = 1 << 30;

    Fault(const Call &call, int error, int after = 0, int times = always);
    Fault(const Fault &) = delete;
    Fault &operator=(const Fault &) = delete;
    ~Fault();

    /// How many calls have failed.
    int hits() const;
};

/// Lets the test's own calls through while it lives.
class Pause {
public:
    Pause();
    Pause(const Pause &) = delete;
    Pause &operator=(const Pause &) = delete;
    ~Pause();
};

/// Lets read and write move `bytes` at most at a time. Ends with the object.
class ShortTransfers {
public:
    explicit ShortTransfers(std::size_t bytes);
    ShortTransfers(const ShortTransfers &) = delete;
    ShortTransfers &operator=(const ShortTransfers &) = delete;
    ~ShortTransfers();
};

/// Counts the calls that were made while it lives.
class Counting {
public:
    Counting();
    Counting(const Counting &) = delete;
    Counting &operator=(const Counting &) = delete;
    ~Counting();

    int of(const Call &call) const;
};

} // namespace faulty
