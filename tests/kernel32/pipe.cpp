/// How our pipes are made, and what each answer of a read or a write means.
#include "kernel32/table.hpp"
#include "platform/windows/pipe_impl.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace table;
using backchat::Reason;
using backchat::platform::CompletionPort;
using backchat::platform::Direction;
using backchat::platform::make_pipe;
using backchat::platform::Pipe;
using backchat::platform::ReadEnd;
using backchat::platform::WriteEnd;

struct Made {
    std::vector<std::wstring> names;
    DWORD access = 0;
    DWORD mode = 0;
    DWORD instances = 0;
    DWORD capacity = 0;
    DWORD opened_with = 0;
    bool inheritable = false;
};
Made made;

HANDLE WINAPI record_pipe(LPCWSTR name, DWORD access, DWORD mode, DWORD instances, DWORD out, DWORD in, DWORD timeout,
                          LPSECURITY_ATTRIBUTES security) {
    made.names.emplace_back(name);
    made.access = access;
    made.mode = mode;
    made.instances = instances;
    made.capacity = in;
    made.inheritable = made.inheritable || (security != nullptr && security->bInheritHandle != FALSE);
    return ::CreateNamedPipeW(name, access, mode, instances, out, in, timeout, security);
}

HANDLE WINAPI record_open(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD how,
                          DWORD flags, HANDLE like) {
    made.opened_with = flags;
    made.inheritable = made.inheritable || (security != nullptr && security->bInheritHandle != FALSE);
    return ::CreateFileW(name, access, share, security, how, flags, like);
}

class PipeTable : public Table {
protected:
    void SetUp() override { made = {}; }

    static ReadEnd reader(Pipe &pipe) { return ReadEnd(std::make_unique<ReadEnd::Impl>(std::move(pipe.ours))); }
    static WriteEnd writer(Pipe &pipe) { return WriteEnd(std::make_unique<WriteEnd::Impl>(std::move(pipe.ours))); }

    const std::shared_ptr<CompletionPort> port_ = std::make_shared<CompletionPort>();
};

TEST_F(PipeTable, is_ours_alone_and_overlapped_on_our_side) {
    kernel32().CreateNamedPipeW = record_pipe;
    kernel32().CreateFileW = record_open;
    make_pipe(Direction::from_child, 12345, port_);
    EXPECT_EQ(made.access, DWORD{PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE});
    EXPECT_EQ(made.mode, DWORD{PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS});
    EXPECT_EQ(made.instances, 1U);
    EXPECT_EQ(made.capacity, 12345U);
    EXPECT_EQ(made.opened_with & FILE_FLAG_OVERLAPPED, 0U) << "the child's end is an ordinary one";
    EXPECT_FALSE(made.inheritable) << "not before the child is made";
    make_pipe(Direction::to_child, {}, port_);
    EXPECT_EQ(made.access, DWORD{PIPE_ACCESS_OUTBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE});
    ASSERT_EQ(made.names.size(), 2U);
    EXPECT_NE(made.names[0], made.names[1]);
    EXPECT_GE(made.names[0].size(), std::wstring(L"\\\\.\\pipe\\").size() + 32);
}

TEST_F(PipeTable, that_cannot_be_made_leaves_nothing) {
    // Somebody has the name: Windows says so in one way, others in another.
    for (const DWORD error : {DWORD{ERROR_ACCESS_DENIED}, DWORD{ERROR_PIPE_BUSY}}) {
        StandIn<&Kernel32::CreateNamedPipeW>::fail(error, INVALID_HANDLE_VALUE);
        EXPECT_THROW(make_pipe(Direction::from_child, {}, port_), std::system_error);
    }
    StandIn<&Kernel32::CreateFileW>::fail(ERROR_ACCESS_DENIED, INVALID_HANDLE_VALUE);
    EXPECT_THROW(make_pipe(Direction::from_child, {}, port_), std::system_error);
    StandIn<&Kernel32::CreateEventW>::fail(ERROR_NOT_ENOUGH_MEMORY, nullptr);
    EXPECT_THROW(make_pipe(Direction::from_child, {}, port_), std::system_error);
    StandIn<&Kernel32::CreateIoCompletionPort>::fail(ERROR_NOT_ENOUGH_MEMORY, nullptr);
    EXPECT_THROW(make_pipe(Direction::from_child, {}, port_), std::system_error);
}

/// An error, and what it means to a reader and to a writer.
struct Meaning {
    DWORD error;
    Reason reading;
    Reason writing;
};

class Means : public PipeTable, public testing::WithParamInterface<Meaning> {};

TEST_P(Means, the_same_at_once_and_later) {
    std::byte buffer[16];
    {
        Pipe pipe = make_pipe(Direction::from_child, {}, port_);
        ReadEnd end = reader(pipe);
        StandIn<&Kernel32::ReadFile>::fail(GetParam().error, FALSE, 0, 1000);
        EXPECT_EQ(end.try_read(buffer).reason, GetParam().reading);
    }
    {
        Pipe pipe = make_pipe(Direction::to_child, {}, port_);
        WriteEnd end = writer(pipe);
        StandIn<&Kernel32::WriteFile>::fail(GetParam().error, FALSE, 0, 1000);
        const auto sent = end.try_write(std::as_bytes(std::span("text", 4)));
        EXPECT_EQ(sent.reason, GetParam().writing);
        EXPECT_EQ(sent.bytes, 0U);
        if (sent.reason == Reason::failed) {
            EXPECT_EQ(sent.error.value(), static_cast<int>(GetParam().error));
        }
    }
    kernel32() = Kernel32();
    {
        Pipe pipe = make_pipe(Direction::from_child, {}, port_);
        ReadEnd end = reader(pipe);
        ASSERT_EQ(end.try_read(buffer).reason, Reason::would_block);
        StandIn<&Kernel32::GetOverlappedResult>::fail(GetParam().error, FALSE);
        EXPECT_EQ(end.try_read(buffer).reason, GetParam().reading);
        kernel32() = Kernel32();
    }
}

INSTANTIATE_TEST_SUITE_P(Error, Means,
                         testing::Values(Meaning{ERROR_BROKEN_PIPE, Reason::end_of_file, Reason::broken_pipe},
                                         Meaning{ERROR_PIPE_NOT_CONNECTED, Reason::end_of_file, Reason::broken_pipe},
                                         Meaning{ERROR_NO_DATA, Reason::end_of_file, Reason::broken_pipe},
                                         Meaning{ERROR_INVALID_HANDLE, Reason::failed, Reason::failed}),
                         [](const auto &test) { return "number_" + std::to_string(test.param.error); });

TEST_F(PipeTable, takes_a_copy_of_what_cannot_be_written_at_once) {
    Pipe pipe = make_pipe(Direction::to_child, 1000, port_);
    WriteEnd end = writer(pipe);
    std::string text(200000, 'x');
    std::size_t accepted = 0;
    for (;;) {
        const auto sent = end.try_write(std::as_bytes(std::span(text)).subspan(accepted));
        accepted += sent.bytes;
        if (sent.reason == Reason::would_block) break;
        ASSERT_EQ(sent.reason, Reason::data);
        ASSERT_LT(accepted, text.size()) << "nobody reads: not all of it can have gone";
    }
    const std::string expected = text.substr(0, accepted);
    std::fill(text.begin(), text.end(), 'y'); // the caller's bytes are the caller's again
    end = writer(pipe);                       // closed: what was accepted is still delivered
    std::string arrived;
    for (DWORD got = 0;;) {
        char piece[4096];
        if (::ReadFile(pipe.childs.get(), piece, sizeof piece, &got, nullptr) == FALSE) break;
        arrived.append(piece, got);
    }
    EXPECT_EQ(arrived, expected);
}

TEST_F(PipeTable, closes_with_a_read_under_way) {
    Pipe pipe = make_pipe(Direction::from_child, {}, port_);
    std::byte buffer[16];
    {
        ReadEnd end = reader(pipe);
        ASSERT_EQ(end.try_read(buffer).reason, Reason::would_block);
        StandIn<&Kernel32::CancelIoEx>::count();
    }
    EXPECT_EQ(StandIn<&Kernel32::CancelIoEx>::calls(), 1);
    DWORD wrote = 0;
    EXPECT_FALSE(::WriteFile(pipe.childs.get(), "x", 1, &wrote, nullptr)) << "nobody reads any more";
}

TEST_F(PipeTable, keeps_the_memory_of_a_read_that_cannot_be_cancelled) {
    Pipe pipe = make_pipe(Direction::from_child, {}, port_);
    std::byte buffer[16];
    {
        ReadEnd end = reader(pipe);
        ASSERT_EQ(end.try_read(buffer).reason, Reason::would_block);
        StandIn<&Kernel32::CancelIoEx>::fail(ERROR_INVALID_FUNCTION, FALSE);
    }
    // The read is still under way, into memory that is still there; it ends when the writer writes.
    DWORD wrote = 0;
    EXPECT_TRUE(::WriteFile(pipe.childs.get(), "x", 1, &wrote, nullptr));
}

} // namespace
