#pragma once

#include "core/operation.hpp"

#include <backchat/condition.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace backchat::core {

/// The first of several conditions, on one output or on either.
class Until : public Operation {
public:
    /// Where it was met.
    struct Hit {
        Stream stream;
        std::size_t condition;
        Match match;
    };

    Until(const Conditions &conditions, Outputs outputs, Clock::time_point began);

    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
    Clock::time_point wake_at(const Conversation &talk) const override;
    /// After the exit: for what is in the pipe.
    bool looks_again() const override { return exit_seen_ && !drained_; }
    void on_looked() override { looked_ = looked_since_exit_ = true; }

    const std::optional<Hit> &hit() const { return hit_; }
    /// The stream that an outcome without a hit is about.
    Stream stream() const { return stream_; }

private:
    /// One output, with a search for each condition.
    struct Place {
        Stream stream;
        std::vector<std::unique_ptr<Search>> searches;
        std::size_t front_changes = 0;
        std::size_t size_before = 0; // of what was there at the last look
    };

    std::span<Place> places() { return {places_.data(), count_}; }
    std::span<const Place> places() const { return {places_.data(), count_}; }
    Search::Text text_of(const Conversation &talk, const Place &place, Clock::time_point now) const;
    void look_at(const Conversation &talk, Place &place, Clock::time_point now);
    bool drained_after_exit(const Conversation &talk);
    std::optional<Reason> end(const Conversation &talk);

    std::array<Place, 2> places_;
    std::size_t count_;
    Clock::time_point began_;
    std::optional<Hit> hit_;
    Stream stream_;
    bool looked_ = false;
    bool exit_seen_ = false;
    bool looked_since_exit_ = false; // and since the last outcome
    bool drained_ = false;           // what the child had written before its exit has come
    Clock::time_point last_now_{};
};

} // namespace backchat::core
