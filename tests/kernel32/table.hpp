#pragma once

#include "platform/windows/kernel32.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace table {

using backchat::platform::Kernel32;
using backchat::platform::kernel32;

/// Gives the system's own functions back after each test.
class Table : public testing::Test {
protected:
    void TearDown() override { kernel32() = Kernel32(); }
};

/// Stands in for one function of the table: counts its calls, and has some of them fail.
template <auto Member, class Function = decltype(Member)>
class StandIn;

template <auto Member, class R, class... Arguments>
class StandIn<Member, R (WINAPI *Kernel32::*)(Arguments...)> {
public:
    /// Lets `after` calls through, has `times` fail with `error` and `result`, and lets the rest through.
    static void fail(DWORD error, R result, int after = 0, int times = 1) {
        begin();
        error_ = error;
        result_ = result;
        from_ = after;
        to_ = after + times;
    }
    static void count() { begin(); }
    static int calls() { return calls_; }

private:
    static void begin() {
        calls_ = 0;
        from_ = to_ = -1;
        kernel32().*Member = call;
    }

    static R WINAPI call(Arguments... arguments) {
        const int number = calls_++;
        if (number < from_ || number >= to_) return (Kernel32().*Member)(arguments...);
        ::SetLastError(error_);
        return result_;
    }

    static inline std::atomic<int> calls_{0};
    static inline std::atomic<int> from_{-1};
    static inline std::atomic<int> to_{-1};
    static inline DWORD error_ = 0;
    static inline R result_{};
};

} // namespace table
