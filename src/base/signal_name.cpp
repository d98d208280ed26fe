#include "base/signal_name.hpp"

#include "base/signal_number.hpp"

#include <csignal>
#include <utility>

namespace backchat::base {

std::string signal_name(int number) {
    // Only the first six are in the C++ standard; those behind SIGKILL are there where the system has them.
    static constexpr std::pair<int, const char *> names[] = {
        {SIGABRT, "SIGABRT"},     {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},       {SIGINT, "SIGINT"},
        {SIGSEGV, "SIGSEGV"},     {SIGTERM, "SIGTERM"}, {signal_kill, "SIGKILL"},
#ifdef SIGHUP
        {SIGHUP, "SIGHUP"},
#endif
#ifdef SIGQUIT
        {SIGQUIT, "SIGQUIT"},
#endif
#ifdef SIGTRAP
        {SIGTRAP, "SIGTRAP"},
#endif
#ifdef SIGBUS
        {SIGBUS, "SIGBUS"},
#endif
#ifdef SIGUSR1
        {SIGUSR1, "SIGUSR1"},
#endif
#ifdef SIGUSR2
        {SIGUSR2, "SIGUSR2"},
#endif
#ifdef SIGPIPE
        {SIGPIPE, "SIGPIPE"},
#endif
#ifdef SIGALRM
        {SIGALRM, "SIGALRM"},
#endif
#ifdef SIGXCPU
        {SIGXCPU, "SIGXCPU"},
#endif
#ifdef SIGXFSZ
        {SIGXFSZ, "SIGXFSZ"},
#endif
#ifdef SIGVTALRM
        {SIGVTALRM, "SIGVTALRM"},
#endif
#ifdef SIGPROF
        {SIGPROF, "SIGPROF"},
#endif
#ifdef SIGSYS
        {SIGSYS, "SIGSYS"},
#endif
    };
    for (const auto &[value, name] : names)
        if (value == number) return name;
    return "signal " + std::to_string(number);
}

} // namespace backchat::base
