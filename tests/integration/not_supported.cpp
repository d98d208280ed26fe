/// What this platform does not have is refused by its name, and nothing has happened.
#include "integration/talk.hpp"
#include "support/feature.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace integration;
using support::Feature;

struct Refusal {
    Feature feature;
    const char *name; // that the message has to say
    void (*ask_for)(Options &options);
};

constexpr Refusal refusals[] = {
    {Feature::adoption, "adopt", [](Options &options) { options.orphans = Orphans::adopt; }},
    {Feature::cpu_affinity, "cpu_affinity", [](Options &options) { options.cpu_affinity = {0}; }},
    {Feature::credentials, "uid", [](Options &options) { options.uid = 0; }},
    {Feature::credentials, "gid", [](Options &options) { options.gid = 0; }},
    {Feature::credentials, "groups", [](Options &options) { options.groups.emplace(); }},
    {Feature::group_to_join, "join", [](Options &options) { options.process_group = ProcessGroup::join(1); }},
    {Feature::limits, "limits",
     [](Options &options) {
         options.limits = {{Resource::core_size, 0, 0}};
     }},
    {Feature::limits, "nice", [](Options &options) { options.nice = 1; }},
    {Feature::limits, "umask", [](Options &options) { options.umask = 022; }},
    {Feature::no_new_privs, "no_new_privs", [](Options &options) { options.no_new_privs = true; }},
    {Feature::session, "new_session", [](Options &options) { options.new_session = true; }},
};

TEST(NotSupported, is_refused_by_name_before_anything_is_done) {
    const support::TemporaryDirectory folder;
    const auto file = folder.write("kept", "text");
    for (const Refusal &refusal : refusals) {
        if (support::has(refusal.feature)) continue;
        SCOPED_TRACE(refusal.name);
        Options options{.out = Redirect::truncate_file(file)};
        refusal.ask_for(options);
        const SpawnError error = spawn_error_of({child("echo_back")}, options);
        EXPECT_EQ(error.stage(), Stage::options);
        EXPECT_EQ(error.code(), std::errc::not_supported);
        EXPECT_THAT(error.what(), testing::HasSubstr(refusal.name));
        EXPECT_EQ(folder.read("kept"), "text");
    }
}

} // namespace
