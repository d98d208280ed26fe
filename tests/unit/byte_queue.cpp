#include "base/byte_queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using backchat::base::ByteQueue;

ByteQueue queue_of(std::string_view bytes) {
    ByteQueue queue;
    queue.append(bytes);
    return queue;
}

std::span<std::byte> bytes_of(std::string &text) { return std::as_writable_bytes(std::span(text)); }

TEST(ByteQueue, is_empty_at_first) {
    ByteQueue queue;
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.size(), 0u);
    EXPECT_EQ(queue.view(), "");
    EXPECT_EQ(queue.take(10), "");
}

TEST(ByteQueue, gives_bytes_in_the_order_in_which_they_came) {
    ByteQueue queue;
    for (const char *each : {"one ", "two ", "three"}) queue.append(each);
    EXPECT_EQ(queue.view(), "one two three");
    EXPECT_EQ(queue.take(100), "one two three");
    EXPECT_TRUE(queue.empty());
}

TEST(ByteQueue, keeps_what_was_not_taken) {
    ByteQueue queue = queue_of("abcdef");
    EXPECT_EQ(queue.take(2), "ab");
    EXPECT_EQ(queue.size(), 4u);
    EXPECT_EQ(queue.view(), "cdef");
    EXPECT_EQ(queue.take(0), "");
    EXPECT_EQ(queue.take(3), "cde");
    EXPECT_EQ(queue.take(3), "f");
    EXPECT_TRUE(queue.empty());
}

TEST(ByteQueue, can_be_added_to_after_any_part_was_taken) {
    const std::string text = "0123456789";
    for (std::size_t taken = 0; taken <= text.size(); ++taken) {
        ByteQueue queue = queue_of(text);
        const std::string front = queue.take(taken);
        queue.append("abc");
        EXPECT_EQ(front + queue.take(std::string::npos), text + "abc") << "after " << taken << " were taken";
    }
}

TEST(ByteQueue, holds_any_byte) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(queue_of(all).take(256), all);
}

TEST(ByteQueue, fills_a_buffer_with_as_much_as_fits) {
    ByteQueue queue = queue_of("abcdef");
    std::string four(4, '-');
    EXPECT_EQ(queue.take_into(bytes_of(four)), 4u);
    EXPECT_EQ(four, "abcd");
    EXPECT_EQ(queue.take_into(bytes_of(four)), 2u);
    EXPECT_EQ(four, "efcd") << "what lies behind the bytes given is not touched";
    EXPECT_EQ(queue.take_into(bytes_of(four)), 0u);
    EXPECT_EQ(four, "efcd");
}

TEST(ByteQueue, gives_nothing_into_an_empty_buffer) {
    ByteQueue queue = queue_of("abc");
    EXPECT_EQ(queue.take_into({}), 0u);
    EXPECT_EQ(queue.view(), "abc");
}

TEST(ByteQueue, drops_from_the_front) {
    ByteQueue queue = queue_of("abcdef");
    queue.drop(0);
    EXPECT_EQ(queue.view(), "abcdef");
    queue.drop(4);
    EXPECT_EQ(queue.view(), "ef");
    queue.drop(2);
    EXPECT_TRUE(queue.empty());
}

TEST(ByteQueue, is_empty_after_clear) {
    ByteQueue queue = queue_of("abcdef");
    queue.drop(1);
    queue.clear();
    EXPECT_TRUE(queue.empty());
    queue.append("new");
    EXPECT_EQ(queue.view(), "new");
}

TEST(ByteQueue, loses_nothing_when_it_is_added_to_and_taken_from_by_turns) {
    // Sizes without a common factor, so that takes end at every place of what was added.
    ByteQueue queue;
    std::string added;
    std::string taken;
    for (std::size_t round = 0; round < 1000; ++round) {
        std::string piece;
        for (std::size_t i = 0; i < 17; ++i) piece += static_cast<char>('a' + (round * 17 + i) % 26);
        queue.append(piece);
        added += piece;
        taken += queue.take(13);
    }
    EXPECT_EQ(queue.size(), added.size() - taken.size());
    taken += queue.take(std::string::npos);
    EXPECT_EQ(taken, added);
}

} // namespace
