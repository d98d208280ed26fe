#include "integration/talk.hpp"
#include "integration/unix/descriptors.hpp"
#include "support/unix/unique_fd.hpp"

#include <fcntl.h>

namespace {

using namespace integration;

TEST(Streams, that_the_child_got_from_us_stay_blocking) {
    const support::DescriptorPipe ours;
    Popen p({child("list_descriptors")}, {.err = Redirect::handle(ours.write.get())});
    for (const auto &[number, seen] : parse_descriptors(p.communicate(soon()).out)) {
        EXPECT_EQ(seen.flags & O_NONBLOCK, 0u) << number;
    }
    EXPECT_EQ(::fcntl(ours.write.get(), F_GETFL) & O_NONBLOCK, 0);
}

} // namespace
