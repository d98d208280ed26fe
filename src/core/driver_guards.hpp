#pragma once

#include "core/driver.hpp"

#include <backchat/error.hpp>

#include <algorithm>
#include <system_error>

namespace backchat::core {

/// Ends a wait when its stop token is asked to. Lives outside of the lock: its destructor waits for a callback that is
/// under way, and the callback takes the lock.
class Driver::CancelWatch {
public:
#ifdef __cpp_lib_jthread
    CancelWatch(Driver &driver, const Deadline &until) : callback_(until.token(), Wake{driver}) {}

private:
    struct Wake {
        Driver &driver;
        void operator()() const { driver.wake_all(); }
    };
    std::stop_callback<Wake> callback_; // of an empty token: nothing
#else
    CancelWatch(Driver &, const Deadline &) {}
#endif
};

/// Has an operation looked after as long as it is under way.
class Driver::Registration {
public:
    Registration(Driver &driver, Operation &operation) : driver_(driver), operation_(operation) {
        driver_.operations_.push_back(&operation);
        lift_limit();
        driver.input_full_ = false; // nobody has looked since the last writer left
    }
    ~Registration() {
        std::erase(driver_.operations_, &operation_);
        lift_limit();
        // Whoever waits may have to take over the polling.
        driver_.changed_.notify_all();
    }
    Registration(const Registration &) = delete;
    Registration &operator=(const Registration &) = delete;

private:
    void lift_limit() {
        driver_.talk_.lift_limit(std::any_of(driver_.operations_.begin(), driver_.operations_.end(),
                                             [](const Operation *each) { return each->takes_everything(); }));
    }

    Driver &driver_;
    Operation &operation_;
};

/// Lets the lock go while the pipes' ends are in use: they stay what they are meanwhile.
class Driver::Borrow {
public:
    Borrow(Driver &driver, Lock &lock) : driver_(driver), lock_(lock) {
        ++driver_.borrowed_;
        lock_.unlock();
    }
    ~Borrow() {
        lock_.lock();
        --driver_.borrowed_;
        driver_.drop_ended_streams();
    }
    Borrow(const Borrow &) = delete;
    Borrow &operator=(const Borrow &) = delete;

private:
    Driver &driver_;
    Lock &lock_;
};

/// Adds to the system's error the step and the program, which the platform layer does not know.
template <class Call>
auto Driver::named(Stage stage, Call call) const {
    try {
        return call();
    } catch (const std::system_error &error) {
        throw Error(stage, error.code(), program_);
    }
}

} // namespace backchat::core
