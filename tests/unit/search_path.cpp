#include "base/search_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using backchat::base::search_path;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(SearchPath, tries_each_directory_in_order) {
    EXPECT_THAT(search_path("bc", "/usr/bin:/bin:/opt/x"), ElementsAre("/usr/bin/bc", "/bin/bc", "/opt/x/bc"));
    EXPECT_THAT(search_path("bc", "/bin"), ElementsAre("/bin/bc"));
}

TEST(SearchPath, takes_a_name_with_a_slash_as_it_is) {
    for (const std::string name : {"/bin/bc", "./bc", "../bc", "sub/bc", "bc/", "/"})
        EXPECT_THAT(search_path(name, "/usr/bin:/bin"), ElementsAre(name));
    EXPECT_THAT(search_path("./bc", ""), ElementsAre("./bc"));
}

TEST(SearchPath, never_tries_the_current_directory) {
    for (const char *path : {"", ":", "::", ".", "..", "bin", "./bin", "~/bin", " /bin"})
        EXPECT_THAT(search_path("bc", path), IsEmpty()) << "with PATH='" << path << "'";
    EXPECT_THAT(search_path("bc", ":/bin::bin:/usr/bin:"), ElementsAre("/bin/bc", "/usr/bin/bc"));
}

TEST(SearchPath, puts_one_slash_between) { EXPECT_THAT(search_path("bc", "/:/bin/"), ElementsAre("/bc", "/bin/bc")); }

TEST(SearchPath, looks_in_the_systems_places_by_default) {
    EXPECT_THAT(search_path("bc", backchat::base::default_path), ElementsAre("/usr/bin/bc", "/bin/bc"));
}

} // namespace
