#include "core/until.hpp"

#include <algorithm>
#include <utility>

namespace backchat::core {

Until::Until(const Conditions &conditions, Outputs outputs, Clock::time_point began)
    : count_(outputs == Outputs::both ? 2 : 1), began_(began) {
    places_[0].stream = outputs == Outputs::err ? Stream::err : Stream::out;
    places_[1].stream = Stream::err;
    stream_ = places_[0].stream;
    for (Place &place : places())
        for (const Condition &each : conditions.all()) place.searches.push_back(each.make_search());
}

Search::Text Until::text_of(const Conversation &talk, const Place &place, Clock::time_point now) const {
    const auto ended = [&](const Place &each) { return talk.eof(each.stream) != Eof::open; };
    Search::Text text;
    text.bytes = talk.bytes(place.stream).view();
    text.ended = ended(place);
    text.all_ended = std::all_of(places().begin(), places().end(), ended);
    text.since = began_;
    for (const Place &each : places()) text.since = std::max(text.since, talk.since(each.stream));
    text.now = now;
    text.child_ended = drained_;
    return text;
}

void Until::look_at(const Conversation &talk, Place &place, Clock::time_point now) {
    const base::ByteQueue &bytes = talk.bytes(place.stream);
    if (std::exchange(place.front_changes, bytes.front_changes()) != bytes.front_changes())
        for (const auto &search : place.searches) search->start_over();
    const Search::Text text = text_of(talk, place, now);
    for (std::size_t i = 0; i < place.searches.size(); ++i)
        if (auto match = place.searches[i]->look(text); match && (!hit_ || match->end < hit_->match.end))
            hit_ = Hit{place.stream, i, std::move(*match)};
}

/// Whether what the child had written before its exit has come: a look at the system after the exit has brought
/// nothing new.
bool Until::drained_after_exit(const Conversation &talk) {
    if (!talk.status()) return false;
    const bool ended = std::all_of(places().begin(), places().end(),
                                   [&](const Place &each) { return talk.eof(each.stream) != Eof::open; });
    if (ended) return true;
    bool news = !std::exchange(exit_seen_, true);
    for (Place &place : places()) {
        const std::size_t size = talk.bytes(place.stream).size();
        news = std::exchange(place.size_before, size) != size || news;
    }
    const bool looked = std::exchange(looked_since_exit_, false);
    return looked && !news;
}

std::optional<Reason> Until::outcome(const Conversation &talk, Clock::time_point now) {
    last_now_ = now;
    drained_ = drained_ || drained_after_exit(talk);
    hit_.reset();
    for (Place &place : places()) look_at(talk, place, now);
    if (hit_) return Reason::data;
    return end(talk);
}

/// Why it makes no sense to go on, if it does not.
std::optional<Reason> Until::end(const Conversation &talk) {
    const bool open = std::any_of(places().begin(), places().end(),
                                  [&](const Place &each) { return talk.eof(each.stream) == Eof::open; });
    if (!open) {
        const auto &searches = places_[0].searches;
        const bool exit_awaited =
            std::any_of(searches.begin(), searches.end(), [](const auto &each) { return each->awaits_exit(); });
        if (exit_awaited && !talk.status()) return std::nullopt;
        // What is left on either is handed over; that of stdout first.
        stream_ = places_[0].stream;
        if (count_ == 2 && talk.bytes(Stream::out).empty()) stream_ = Stream::err;
        return talk.eof(stream_) == Eof::cut ? Reason::exited : talk.quiet_reason(stream_);
    }
    for (const Place &each : places())
        if (talk.full(each.stream)) return Reason::limit;
    // With another output full, the child may never come to write to this one.
    if (looked_ && talk.stuck()) return Reason::limit;
    return std::nullopt;
}

Clock::time_point Until::wake_at(const Conversation &talk) const {
    Clock::time_point at = talk.cut_at();
    for (const Place &place : places()) {
        const Search::Text text = text_of(talk, place, last_now_);
        for (const auto &search : place.searches) at = std::min(at, search->wake_at(text));
    }
    return at;
}

} // namespace backchat::core
