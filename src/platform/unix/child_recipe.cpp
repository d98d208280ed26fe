#include "platform/unix/child_recipe.hpp"

#include "base/environment_block.hpp"
#include "base/search_path.hpp"

#include <backchat/error.hpp>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __APPLE__
#include <crt_externs.h>
#elif !defined(__GLIBC__)
extern char **environ; // POSIX has it declared by whoever uses it
#endif

namespace backchat::platform {
namespace {

char **our_block() {
#ifdef __APPLE__
    return *_NSGetEnviron(); // in a shared library there is no environ
#else
    return environ;
#endif
}

std::vector<std::string> our_environment() {
    std::vector<std::string> block;
    for (char **entry = our_block(); entry != nullptr && *entry != nullptr; ++entry) block.emplace_back(*entry);
    return block;
}

/// The form that execve takes: pointers to the strings, and a null pointer behind them.
std::vector<char *> pointers(const std::vector<std::string> &strings) {
    std::vector<char *> result;
    result.reserve(strings.size() + 1);
    for (const std::string &each : strings)
        result.push_back(const_cast<char *>(each.c_str())); // execve changes nothing
    result.push_back(nullptr);
    return result;
}

struct NamedLimit {
    int number; // -1: this system has no such limit
    const char *name;
};

NamedLimit limit_of(Resource resource) {
    switch (resource) {
    case Resource::address_space:
#ifdef RLIMIT_AS
        return {RLIMIT_AS, "address_space"};
#else
        return {-1, "address_space"};
#endif
    case Resource::core_size: return {RLIMIT_CORE, "core_size"};
    case Resource::cpu_time: return {RLIMIT_CPU, "cpu_time"};
    case Resource::data_size: return {RLIMIT_DATA, "data_size"};
    case Resource::file_size: return {RLIMIT_FSIZE, "file_size"};
    case Resource::open_files: return {RLIMIT_NOFILE, "open_files"};
    case Resource::processes:
#ifdef RLIMIT_NPROC
        return {RLIMIT_NPROC, "processes"};
#else
        return {-1, "processes"};
#endif
    case Resource::stack_size: return {RLIMIT_STACK, "stack_size"};
    case Resource::locked_memory:
#ifdef RLIMIT_MEMLOCK
        return {RLIMIT_MEMLOCK, "locked_memory"};
#else
        return {-1, "locked_memory"};
#endif
    }
    return {-1, "unknown"};
}

} // namespace

ChildRecipe::ChildRecipe(const std::vector<std::string> &argv, const Options &options)
    : options_(options), program_(options.executable ? *options.executable : argv.front()),
      block_(base::environment_block(options.environment, our_environment())), argv_pointers_(pointers(argv)),
      environment_pointers_(pointers(block_)) {
    candidates_ = base::search_path(program_, base::find_variable(block_, "PATH").value_or(base::default_path));
    for (const std::string &each : candidates_) candidate_pointers_.push_back(each.c_str());
    candidate_pointers_.push_back(nullptr);

    set_limits(); // may refuse: before a file is truncated
    // What is there already comes first: whatever we open afterwards may get the number of something that was closed.
    for_each_redirect([this](int target, const Redirect &to) { place_existing(target, to); });
    for_each_redirect([this](int target, const Redirect &to) { open_file(target, to); });
    set_affinity();
}

template <class Do>
void ChildRecipe::for_each_redirect(Do act) {
    act(STDIN_FILENO, options_.in);
    act(STDOUT_FILENO, options_.out);
    act(STDERR_FILENO, options_.err);
    for (const Descriptor &each : options_.descriptors) act(each.number, each.to);
}

void ChildRecipe::place_existing(int target, const Redirect &to) {
    const auto is_open = [](NativeHandle handle) {
        const int fd = static_cast<int>(handle);
        errno = EBADF;
        return fd == handle && ::fcntl(fd, F_GETFD) >= 0;
    };
    if (to.kind() == Redirect::Kind::inherit) {
        placements_.push_back({is_open(target) ? target : -1, target});
    } else if (to.kind() == Redirect::Kind::handle) {
        if (!is_open(to.native()))
            throw SpawnError(Stage::descriptors, {errno, std::system_category()}, program_,
                             "handle " + std::to_string(to.native()));
        placements_.push_back({static_cast<int>(to.native()), target});
    }
}

void ChildRecipe::open_file(int target, const Redirect &to) {
    switch (to.kind()) {
    case Redirect::Kind::discard: place_file(target, "/dev/null", O_RDWR); break;
    case Redirect::Kind::read_file: place_file(target, to.path(), O_RDONLY); break;
    case Redirect::Kind::truncate_file: place_file(target, to.path(), O_WRONLY | O_CREAT | O_TRUNC); break;
    case Redirect::Kind::append_file: place_file(target, to.path(), O_WRONLY | O_CREAT | O_APPEND); break;
    case Redirect::Kind::inherit:
    case Redirect::Kind::handle: break; // placed already
    case Redirect::Kind::pipe: break;   // place_pipe() follows
    case Redirect::Kind::merge: break;  // finish() knows where stdout goes
    }
}

void ChildRecipe::place_file(int target, const std::string &path, int flags) {
    int fd = -1;
    do {
        fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0666);
    } while (fd < 0 && errno == EINTR); // a FIFO's open waits for its other end
    try {
        if (fd < 0) throw std::system_error(errno, std::system_category());
        place_pipe(target, FileDescriptor::above_standard(fd));
    } catch (const std::system_error &error) {
        throw SpawnError(Stage::open, error.code(), program_, path);
    }
}

void ChildRecipe::place_pipe(int target, FileDescriptor fd) {
    placements_.push_back({fd.get(), target});
    opened_.push_back(std::move(fd));
}

void ChildRecipe::set_limits() {
    for (const ResourceLimit &limit : options_.limits) {
        const NamedLimit named = limit_of(limit.resource);
        if (named.number < 0)
            throw SpawnError(Stage::options, std::make_error_code(std::errc::not_supported), program_,
                             std::string("a limit of ") + named.name + " is not to be had on this platform");
        limits_.push_back({named.number, limit.soft, limit.hard});
    }
}

void ChildRecipe::set_affinity() {
    for (const unsigned processor : options_.cpu_affinity) {
        const std::size_t word = processor / 64;
        if (affinity_.size() <= word) affinity_.resize(word + 1);
        affinity_[word] |= std::uint64_t{1} << (processor % 64);
    }
}

ChildPlan &ChildRecipe::finish(ChildReport &report) {
    const auto at = [this](int target) {
        return std::find_if(placements_.begin(), placements_.end(), [&](const auto &p) { return p.target == target; });
    };
    if (options_.err.kind() == Redirect::Kind::merge && at(STDERR_FILENO) == placements_.end()) {
        const auto out = at(STDOUT_FILENO);
        placements_.push_back({out->source, STDERR_FILENO});
    }

    kept_ = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    for (const Descriptor &each : options_.descriptors) kept_.push_back(each.number);
    std::sort(kept_.begin(), kept_.end());

    plan_.candidates = candidate_pointers_.data();
    plan_.argv = argv_pointers_.data();
    plan_.environment = environment_pointers_.data();
    plan_.placements = placements_.data();
    plan_.placement_count = placements_.size();
    plan_.kept = kept_.data();
    plan_.kept_count = kept_.size();
    plan_.close_others = options_.close_descriptors;
    plan_.open = nullptr;
    plan_.cwd = options_.cwd ? options_.cwd->c_str() : nullptr;
    plan_.new_session = options_.new_session;
    plan_.set_group = options_.process_group.kind() != ProcessGroup::Kind::inherit;
    plan_.group = static_cast<pid_t>(options_.process_group.group());
    plan_.umask = options_.umask ? &*options_.umask : nullptr;
    plan_.nice = options_.nice ? &*options_.nice : nullptr;
    plan_.uid = options_.uid ? &*options_.uid : nullptr;
    plan_.gid = options_.gid ? &*options_.gid : nullptr;
    plan_.set_groups = options_.groups.has_value();
    plan_.groups = options_.groups ? options_.groups->data() : nullptr;
    plan_.group_count = options_.groups ? options_.groups->size() : 0;
    plan_.no_new_privs = options_.no_new_privs;
    plan_.affinity = affinity_.empty() ? nullptr : affinity_.data();
    plan_.affinity_size = affinity_.size() * sizeof affinity_[0];
    plan_.limits = limits_.data();
    plan_.limit_count = limits_.size();
    plan_.default_signals = options_.signals == Signals::defaults;
    plan_.signal_mask = nullptr;
    plan_.report = &report;
    plan_.report_pipe = -1;
    return plan_;
}

} // namespace backchat::platform
