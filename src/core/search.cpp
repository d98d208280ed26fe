// The conditions that the library itself has.

#include <backchat/condition.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace backchat {
namespace {

template <class Kind, class... Arguments>
Condition condition(Arguments... arguments) {
    return Condition(Condition::MakeSearch([=] { return std::make_unique<Kind>(arguments...); }));
}

/// A text, of which the first byte may have come long before the last.
class Literal : public Search {
public:
    explicit Literal(std::string text) : text_(std::move(text)) {}

    std::optional<Match> look(const Text &text) override {
        const std::size_t found = text.bytes.find(text_, searched_);
        if (found != std::string_view::npos) return Match{found, found + text_.size()};
        // What is there may be its beginning.
        searched_ = text.bytes.size() - std::min(text.bytes.size(), text_.size() - 1);
        return std::nullopt;
    }
    void start_over() override { searched_ = 0; }

private:
    std::string text_;
    std::size_t searched_ = 0; // no match begins before
};

/// The one of several texts that is complete first.
class AnyLiteral : public Search {
public:
    explicit AnyLiteral(const std::vector<std::string> &texts) : all_(texts.begin(), texts.end()) {}

    std::optional<Match> look(const Text &text) override {
        std::optional<Match> first;
        for (Literal &each : all_) {
            const auto match = each.look(text);
            if (match && (!first || match->end < first->end)) first = match;
        }
        return first;
    }
    void start_over() override {
        for (Literal &each : all_) each.start_over();
    }

private:
    std::vector<Literal> all_;
};

class Line : public Search {
public:
    std::optional<Match> look(const Text &text) override {
        const std::size_t end = text.bytes.find_first_of("\r\n", searched_);
        if (end == std::string_view::npos) {
            searched_ = text.bytes.size();
            return std::nullopt;
        }
        searched_ = end;
        if (text.bytes[end] == '\n') return Match{end, end + 1};
        const bool last = end + 1 == text.bytes.size();
        if (last && !text.ended) return std::nullopt;
        return Match{end, !last && text.bytes[end + 1] == '\n' ? end + 2 : end + 1};
    }
    void start_over() override { searched_ = 0; }

private:
    std::size_t searched_ = 0;
};

class Bytes : public Search {
public:
    explicit Bytes(std::size_t count) : count_(count) {}
    std::optional<Match> look(const Text &text) override {
        if (text.bytes.size() < count_) return std::nullopt;
        return Match{0, count_};
    }

private:
    std::size_t count_;
};

class Predicate : public Search {
public:
    explicit Predicate(std::function<std::size_t(std::string_view)> find) : find_(std::move(find)) {}
    std::optional<Match> look(const Text &text) override {
        if (looked_at_ == text.bytes.size()) return std::nullopt;
        looked_at_ = text.bytes.size();
        const std::size_t length = std::min(find_(text.bytes), text.bytes.size());
        if (length == 0) return std::nullopt;
        return Match{0, length};
    }
    void start_over() override { looked_at_ = 0; }

private:
    std::function<std::size_t(std::string_view)> find_;
    std::size_t looked_at_ = 0;
};

/// A match of no bytes behind everything that is there: what has come belongs to it.
Match at_the_end(const Search::Text &text) { return {text.bytes.size(), text.bytes.size()}; }

class Quiet : public Search {
public:
    explicit Quiet(std::chrono::nanoseconds duration) : duration_(duration) {}
    std::optional<Match> look(const Text &text) override {
        if (text.now < wake_at(text)) return std::nullopt;
        return at_the_end(text);
    }
    Clock::time_point wake_at(const Text &text) const override { return Deadline::after(duration_, text.since); }

private:
    std::chrono::nanoseconds duration_;
};

class EndOfFile : public Search {
public:
    std::optional<Match> look(const Text &text) override {
        return text.all_ended ? std::optional(at_the_end(text)) : std::nullopt;
    }
};

class ChildEnded : public Search {
public:
    std::optional<Match> look(const Text &text) override {
        return text.child_ended ? std::optional(at_the_end(text)) : std::nullopt;
    }
    bool awaits_exit() const override { return true; }
};

} // namespace

Condition::Condition(std::string literal) : Condition(any_of({std::move(literal)})) {}

Condition any_of(std::vector<std::string> literals) {
    if (literals.size() == 1) return condition<Literal>(std::move(literals.front()));
    return condition<AnyLiteral>(std::move(literals));
}

Condition line() { return condition<Line>(); }

Condition bytes(std::size_t count) { return condition<Bytes>(count); }

Condition predicate(std::function<std::size_t(std::string_view)> find) { return condition<Predicate>(std::move(find)); }

Condition quiet(std::chrono::nanoseconds duration) {
    if (duration.count() < 0) throw std::invalid_argument("quiet: the duration is negative");
    return condition<Quiet>(duration);
}

Condition end_of_file() { return condition<EndOfFile>(); }

Condition exit() { return condition<ChildEnded>(); }

} // namespace backchat
