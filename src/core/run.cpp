#include <backchat/popen.hpp>
#include <backchat/run.hpp>

#include <utility>

namespace backchat {
namespace {

Deadline deadline_of(const RunOptions &options) {
    const Clock::time_point at = options.timeout ? Deadline::after(*options.timeout) : Clock::time_point::max();
#ifdef __cpp_lib_jthread
    return {at, options.cancel};
#else
    return at;
#endif
}

} // namespace

Completed run(std::vector<std::string> argv, const RunOptions &options) {
    const Clock::time_point began = Clock::now();
    const Deadline until = deadline_of(options);
    Popen child(std::move(argv), options.spawn);
    Completed result = child.communicate(options.input, until);
    if (result.reason != Reason::exited) {
        // Late, or nobody wants it any more.
        Stopped stopped = child.stop(late_stop(options.grace));
        Completed rest = child.take_rest();
        rest.out.insert(0, result.out);
        rest.err.insert(0, result.err);
        rest.reason = result.reason;
        rest.tree = std::move(stopped.tree);
        result = std::move(rest);
    }
    result.wall = Clock::now() - began;
    return result;
}

} // namespace backchat
