#pragma once

#include "core/conversation.hpp"

#include <backchat/deadline.hpp>
#include <backchat/result.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace backchat::core {

/// One thing that a caller waits for, as a question to the conversation. Like it, free of system calls and waiting.
///
/// A driver asks outcome() after each event and at wake_at(); it writes pending(), in the order in which operations
/// began. Deadlines and cancellation are the driver's.
class Operation {
public:
    virtual ~Operation() = default;

    /// Gives the reason to come back, once there is one.
    virtual std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) = 0;
    /// Gives when to ask again although nothing has happened.
    virtual Clock::time_point wake_at(const Conversation &) const { return Clock::time_point::max(); }
    /// True when the driver should look at the system once more before it waits.
    virtual bool looks_again() const { return false; }
    /// Gives what is to be written to the child.
    virtual std::string_view pending() const { return {}; }
    virtual void on_sent(std::size_t) {}
    /// The pipe took nothing, or not all.
    virtual void on_would_block() {}
    /// The driver has looked at the system since the operation began: what was there then is in the buffers.
    virtual void on_looked() {}
    /// True when the driver should close the child's stdin now.
    virtual bool closes_input() const { return false; }
    /// True when the outputs' limit does not count, because the caller gets everything.
    virtual bool takes_everything() const { return false; }
};

/// All that arrives on one output until the deadline.
class ReadInterval : public Operation {
public:
    explicit ReadInterval(Stream stream) : stream_(stream) {}
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
    Clock::time_point wake_at(const Conversation &talk) const override { return talk.cut_at(); }
    void on_looked() override { looked_ = true; }

private:
    Stream stream_;
    bool looked_ = false;
};

/// The next output on either stream, or on one of them.
class NextOutput : public Operation {
public:
    /// A stream whose end the caller knows already.
    struct Told {
        bool out = false;
        bool err = false;
    };

    /// `told` is looked at each time: another caller may be told meanwhile.
    explicit NextOutput(const Told &told, std::optional<Stream> only = std::nullopt) : told_(told), only_(only) {}
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
    Clock::time_point wake_at(const Conversation &talk) const override { return talk.cut_at(); }
    void on_looked() override { looked_ = true; }
    /// Which stream the outcome is about.
    Stream stream() const { return stream_; }

private:
    bool concerns(Stream stream) const { return !only_ || *only_ == stream; }
    bool told(Stream stream) const { return stream == Stream::err ? told_.err : told_.out; }

    const Told &told_;
    std::optional<Stream> only_;
    Stream stream_ = Stream::out;
    bool looked_ = false;
};

/// All of a caller's bytes to the child.
class Write : public Operation {
public:
    explicit Write(std::string_view data) : data_(data) {}
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
    std::string_view pending() const override { return data_.substr(sent_); }
    void on_sent(std::size_t n) override {
        sent_ += n;
        blocked_ = false;
    }
    void on_would_block() override { blocked_ = true; }
    std::size_t sent() const { return sent_; }

private:
    std::string_view data_;
    std::size_t sent_ = 0;
    bool blocked_ = false;
};

/// Input to its end, both outputs to theirs, and the child's exit.
class Exchange : public Operation {
public:
    explicit Exchange(std::string_view input) : input_(input) {}
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
    Clock::time_point wake_at(const Conversation &talk) const override { return talk.cut_at(); }
    std::string_view pending() const override { return input_.substr(sent_); }
    void on_sent(std::size_t n) override { sent_ += n; }
    bool closes_input() const override { return sent_ == input_.size(); }
    bool takes_everything() const override { return true; }
    std::size_t sent() const { return sent_; }

private:
    std::string_view input_;
    std::size_t sent_ = 0;
};

/// The child's exit, with the outputs drained meanwhile.
class Exit : public Operation {
public:
    std::optional<Reason> outcome(const Conversation &talk, Clock::time_point now) override;
};

} // namespace backchat::core
