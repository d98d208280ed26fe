/// What `./dev try` shows: two conversations, a timeout that loses nothing, and two programs that others hang on.
#include <backchat/backchat.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;
using backchat::Clock;
using backchat::Reason;
using backchat::Stream;

namespace {

int broken_promises = 0;

/// What is shown here is what Backchat promises: anything else makes this program fail.
void promise(bool kept, const char *what) {
    if (kept) return;
    ++broken_promises;
    std::printf("   !!! broken promise: %s\n", what);
}

double seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

std::string joined(const std::vector<std::string> &words, const char *between) {
    std::string text;
    for (const auto &word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

/// A child, and a line on the screen for each line that passes, with the seconds since it was spawned.
class Conversation {
public:
    explicit Conversation(const std::vector<std::string> &argv) : child_(argv) {
        std::printf("\n   %s\n", joined(argv, " ").c_str());
    }

    void say(std::string_view text) {
        show("-->", text);
        promise(child_.asyncwrite(text, 5s).reason == Reason::data, "the child takes what is sent");
    }

    /// Shows what comes on stdout until `stream` ends with `end`, and gives it.
    std::string hear_until(Stream stream, std::string_view end) {
        const auto deadline = Clock::now() + 20s;
        std::string heard[2];
        auto &awaited = heard[stream == Stream::err];
        while (!awaited.ends_with(end)) {
            const auto output = child_.wait_output(deadline);
            promise(output.reason == Reason::data, "the child answers");
            if (output.reason != Reason::data) break;
            heard[output.stream == Stream::err] += output.data;
            if (output.stream == Stream::out) show("<--", output.data);
        }
        // Two pipes have no common order: stdout may have more that was written before the end of stderr.
        const auto last = child_.recv();
        show("<--", last.data);
        return heard[0] + last.data;
    }

    /// Shows what comes on stdout within `interval`, and why the wait ended.
    backchat::Received hear_for(std::chrono::milliseconds interval) {
        auto received = child_.asyncread(interval);
        show("<--", received.data);
        note("asyncread(" + std::to_string(interval.count()) + "ms) ends by " + to_string(received.reason) +
             " and hands over " + std::to_string(received.data.size()) + " bytes");
        return received;
    }

    void stop() {
        const auto stopped = child_.stop(2s);
        note("stop(2s): " + to_string(stopped));
        promise(stopped.success(), "closing its stdin is enough for a child that listens");
    }

    void note(const std::string &text) const { show_line(" * ", text); }

private:
    void show(const char *mark, std::string_view text) const {
        while (!text.empty()) {
            const auto length = std::min(text.find('\n'), text.size());
            if (length > 0) show_line(mark, text.substr(0, length));
            text.remove_prefix(std::min(length + 1, text.size()));
        }
    }

    void show_line(const char *mark, std::string_view line) const {
        std::printf("   %6.3f s  %s %.*s\n", seconds(Clock::now() - began_), mark, static_cast<int>(line.size()),
                    line.data());
    }

    const Clock::time_point began_ = Clock::now();
    backchat::Popen child_;
};

void talk_to_bc() {
    Conversation bc({"bc", "-q"});
    for (const char *question : {"2^100\n", "scale = 30; sqrt(2)\n"}) {
        bc.say(question);
        bc.hear_until(Stream::out, "\n");
    }
    bc.stop();
}

void talk_to_python() {
    Conversation python({"python3", "-iq"});
    const auto answer = [&] { return python.hear_until(Stream::err, ">>> "); }; // its prompt comes on stderr
    answer();
    python.say("import math, time; math.factorial(25)\n");
    answer();
    python.say("for n in 1, 2, 3: print('part', n, flush=True); time.sleep(0.4)\n\n");
    const auto early = python.hear_for(600ms);
    const auto rest = answer();
    promise(early.reason == Reason::timeout && early.data + rest == "part 1\npart 2\npart 3\n",
            "a timeout loses nothing");
    python.stop();
}

void heading(const char *text) { std::printf("\n%s\n", text); }

void show_command(const std::string &command, const char *remark) {
    std::printf("\n   sh -c '%s'   %s\n", command.c_str(), remark);
}

/// Said before the wait, so that who looks on knows what is waited for.
void begin_row(const char *call) {
    std::printf("      %-46s", call);
    std::fflush(stdout);
}

void show_python(const char *call, const char *hang) {
    begin_row(call);
    const auto python = backchat::run({"python3", BACKCHAT_HANGS_PY, hang}, {.timeout = 30s});
    promise(python.success(), "Python shows how it hangs");
    std::printf("%s%s", python.out.c_str(), python.err.c_str());
}

/// Gives the commands of the running processes that have `variable` in their environment.
std::vector<std::string> running_with(const std::string &variable) {
    std::vector<std::string> commands;
    const auto content = [](const std::filesystem::path &path) {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        if (content(entry.path() / "environ").find(variable) == std::string::npos) continue;
        auto command = content(entry.path() / "cmdline");
        std::replace(command.begin(), command.end(), '\0', ' ');
        commands.push_back(command);
    }
    return commands;
}

void compare_held_pipe() {
    const std::string command = "sleep 4 & echo hi";
    show_command(command, "sh ends at once, but its sleep keeps the pipe open");
    show_python("Python    subprocess.run(stdout=PIPE)", "held");
    begin_row("Backchat  run()");
    const auto ours = backchat::run(backchat::shell(command));
    std::printf("%.2f s   out: %.2s, end of file: %s", seconds(ours.wall), ours.out.c_str(), to_string(ours.eof_out));
    for (const auto &holder : ours.holders.processes) {
        std::printf(", held by %s (%lld)", holder.command.c_str(), static_cast<long long>(holder.pid));
    }
    std::printf("\n");
    promise(ours.wall < 2s && ours.out == "hi\n" && ours.eof_out == backchat::Eof::cut, "the exit ends the wait");
    promise(!ours.holders.processes.empty(), "the result names who holds the pipe");
}

void compare_late_tree() {
    const std::string command = "sleep 4 & sleep 30";
    show_command(command, "with a timeout of one second");
    show_python("Python    subprocess.run(timeout=1)", "late");
    begin_row("Backchat  run({.timeout = 1s})");
    backchat::RunOptions options{.timeout = 1s};
    const std::string mark = std::to_string(Clock::now().time_since_epoch().count());
    options.spawn.environment.set("BACKCHAT_TRY", mark);
    const auto ours = backchat::run(backchat::shell(command), options);
    const auto left = running_with("BACKCHAT_TRY=" + mark);
    std::printf("%.2f s   left running: %s\n", seconds(ours.wall),
                left.empty() ? "nothing" : joined(left, ", ").c_str());
    promise(ours.reason == Reason::timeout && ours.wall < 3s, "the timeout bounds the call");
    promise(left.empty(), "nothing is left running");
}

} // namespace

int main() {
    std::printf("Backchat %s\n", backchat::version());
    heading("1. Conversations. Seconds since the child was spawned; --> is sent to it, <-- comes back.");
    talk_to_bc();
    talk_to_python();
    heading("2. Programs that others hang on. Seconds until the call came back, measured now.");
    compare_held_pipe();
    compare_late_tree();
    heading(broken_promises == 0 ? "All of it as promised." : "Not all of it is as promised: see the lines with !!!");
    return broken_promises == 0 ? 0 : 1;
}
