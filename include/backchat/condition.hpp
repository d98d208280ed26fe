#pragma once

#include <backchat/deadline.hpp>
#include <backchat/result.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backchat {

/// Where in a text something was found: the bytes [begin, end), and those of a regular expression's groups.
struct Match {
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::optional<Range>> groups{}; // the first group first; empty: it took no part in the match
};

/// Looks for one thing in a text that grows. An object is made for each wait, and keeps what it knows between looks, so
/// that the work stays in proportion to the text however small the pieces are in which that comes.
///
/// This is for those who write conditions of their own; see custom(). The rest of the library calls it.
/// Threads: one at a time.
class Search {
public:
    /// What there is to search.
    struct Text {
        std::string_view bytes;    // all that arrived and was not taken; grows at its end from look to look
        bool ended = false;        // nothing more will come on this stream
        bool all_ended = false;    // nor on the other, if that is looked at too
        Clock::time_point since{}; // when the last byte came, or the wait began, whichever is later
        Clock::time_point now{};
        bool child_ended = false;
        bool awaiting_input = false; // see awaiting_input(); only for who asks() for it
    };

    virtual ~Search() = default;
    /// Gives what was found, the first in the text if there are several; a match may be empty.
    virtual std::optional<Match> look(const Text &text) = 0;
    /// The text has lost its front or was changed: whatever was found out of it is void.
    virtual void start_over() {}
    /// True when the child's exit can still meet it after the end of the stream.
    virtual bool awaits_exit() const { return false; }
    /// When to look again although nothing has come.
    virtual Clock::time_point wake_at(const Text &) const { return Clock::time_point::max(); }
};

/// One thing that recv_until() can wait for.
///
///     p.recv_until("prompt> ", 1s);
///     p.recv_until({"login: ", "password: ", quiet(1s), end_of_file()}, 10s);
///
/// Threads: a value, as safe as a shared pointer to something constant.
class Condition {
public:
    using MakeSearch = std::function<std::unique_ptr<Search>()>;

    /// This text, byte for byte. An empty one is there at once.
    Condition(std::string literal); // NOLINT(google-explicit-constructor): a text is the usual condition
    Condition(std::string_view literal) : Condition(std::string(literal)) {}
    Condition(const char *literal) : Condition(std::string(literal)) {}
    /// Whatever the searches that `make` makes find.
    explicit Condition(MakeSearch make) : make_(std::make_shared<const MakeSearch>(std::move(make))) {}

    std::unique_ptr<Search> make_search() const { return (*make_)(); }

private:
    std::shared_ptr<const MakeSearch> make_;
};

/// A list of conditions, in one place of which any will do: the first to be met ends the wait. Of several that are met
/// by the same byte, the one that is named first.
class Conditions {
public:
    Conditions(Condition one) : all_{std::move(one)} {}
    Conditions(const char *literal) : all_{Condition(literal)} {}
    Conditions(std::string_view literal) : all_{Condition(literal)} {}
    Conditions(const std::string &literal) : all_{Condition(literal)} {}
    Conditions(std::initializer_list<Condition> any) : all_(any) {}
    explicit Conditions(std::vector<Condition> any) : all_(std::move(any)) {}

    const std::vector<Condition> &all() const { return all_; }

private:
    std::vector<Condition> all_;
};

/// Any of these texts. Which one it was, the match says.
Condition any_of(std::vector<std::string> literals);

/// A whole line with its end: LF, CR LF, or a CR that something else follows. (Whether a CR at the end of what has come
/// is one of those shows with the next byte, or when nothing more comes.) The match is the line's end, so that
/// Found::before() is the line without it.
Condition line();

/// That many bytes. A condition for zero bytes is met at once.
Condition bytes(std::size_t count);

/// What `find` finds: it is given all that has arrived, and gives the length of what to take; 0 for nothing yet.
/// It is called after each piece that arrives, with everything, and is as fast as it is.
Condition predicate(std::function<std::size_t(std::string_view)> find);

/// Nothing has come for that long, counted from the start of the wait at the earliest; of both outputs, on neither.
/// On error: throws std::invalid_argument when `duration` is negative.
Condition quiet(std::chrono::nanoseconds duration);

/// The end of the stream. Named as a condition it counts as met; not named, it ends the wait all the same, by
/// Found::reason.
Condition end_of_file();

/// The child's exit; what it had written before is in the result. As end_of_file(), it need not be named to end a wait
/// that nothing else can end any more.
Condition exit();

/// What ended a recv_until().
struct Found {
    /// Everything up to and including the match. When nothing matched: what there was, if nothing more can come
    /// (end_of_file, exited, failed); nothing, if it can: the bytes stay for the next call.
    std::string data;
    /// data when a condition was met; else end_of_file, exited, timeout, cancelled, limit, closed or failed.
    Reason reason = Reason::timeout;
    std::size_t condition = 0; // which was met, counted from 0; means something with Reason::data alone
    std::string match;         // the part of `data` that met it
    std::vector<std::optional<std::string>> groups{}; // of a regular expression
    Stream stream = Stream::out;                      // where it was found
    std::error_code error{};                          // set only with Reason::failed

    /// True when a condition was met.
    explicit operator bool() const { return reason == Reason::data; }
    /// Gives `data` without the match at its end.
    std::string_view before() const { return std::string_view(data).substr(0, data.size() - match.size()); }
};

/// Which outputs to look at.
enum class Outputs : std::uint8_t { out, err, both };

} // namespace backchat
