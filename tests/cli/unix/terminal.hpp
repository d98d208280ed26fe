#pragma once

#include "cli/command.hpp"
#include "support/native_handle.hpp"
#include "support/unix/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace cli_tests {

/// A terminal of the test's own, with the command as its only user: what is sent is typed, and what is read is what the
/// user would see.
class Terminal {
public:
    /// Runs `argv` in a session of its own, with this as its controlling terminal.
    explicit Terminal(Arguments argv, Environment environment = {}) {
        master_ = support::UniqueFd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
        if (master_.get() < 0 || ::grantpt(master_.get()) != 0 || ::unlockpt(master_.get()) != 0)
            throw std::system_error(errno, std::generic_category(), "posix_openpt");
        const support::UniqueFd slave(::open(::ptsname(master_.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
        // setsid makes its stdin the controlling terminal, and becomes the program.
        argv.insert(argv.begin(), {"setsid", "--ctty"});
        const Redirect to_slave = Redirect::handle(slave.get());
        child_.emplace(std::move(argv), Options{.in = to_slave,
                                                .out = to_slave,
                                                .err = to_slave,
                                                .environment = std::move(environment.set("TERM", "xterm"))});
    }

    void type(std::string_view text) {
        ASSERT_EQ(::write(master_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }

    /// Gives all that was shown since the last call, up to `text` at least. The watchdog bounds it.
    std::string read_until(std::string_view text) {
        std::string shown;
        char byte;
        while (!shown.ends_with(text)) {
            if (::read(master_.get(), &byte, 1) != 1) throw std::runtime_error("the terminal was left after: " + shown);
            shown += byte;
        }
        return shown;
    }

    /// Gives all that is shown until nobody has the terminal open any more.
    std::string read_all() {
        std::string shown;
        std::array<char, 4096> piece;
        for (;;) {
            const ssize_t n = ::read(master_.get(), piece.data(), piece.size());
            if (n > 0) shown.append(piece.data(), static_cast<std::size_t>(n));
            else if (n == 0 || errno == EIO) return shown; // on Linux, what a terminal that was left says
            else if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "read");
        }
    }

    Popen &child() { return *child_; }

private:
    support::UniqueFd master_;
    std::optional<Popen> child_;
};

/// Gives what Ctrl and a letter send.
inline std::string control(char letter) { return std::string(1, static_cast<char>(letter & 0x1f)); }

} // namespace cli_tests
