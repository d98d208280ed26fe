#include "core/check.hpp"

#include "base/environment_block.hpp"

#include <backchat/error.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <system_error>

namespace backchat::core {
namespace {

/// Far beyond any machine; a processor's number says how large a set has to be.
constexpr unsigned most_processors = 1U << 16;

class Checker {
public:
    explicit Checker(std::string program) : program_(std::move(program)) {}

    void refuse_if(bool wrong, Stage stage, const std::string &what) const {
        if (wrong) throw SpawnError(stage, std::make_error_code(std::errc::invalid_argument), program_, what);
    }

    void text(const std::string &value, Stage stage, const std::string &name) const {
        refuse_if(value.find('\0') != std::string::npos, stage, name + " has a NUL in it");
    }

    void redirect(const Redirect &to, const std::string &name) const {
        switch (to.kind()) {
        case Redirect::Kind::read_file:
        case Redirect::Kind::truncate_file:
        case Redirect::Kind::append_file:
            refuse_if(to.path().empty(), Stage::options, "the file for " + name + " has no name");
            text(to.path(), Stage::options, "the file name for " + name);
            break;
        case Redirect::Kind::merge:
            refuse_if(name != "stderr", Stage::options, "merge_stdout is for stderr, not for " + name);
            break;
        case Redirect::Kind::pipe:
        case Redirect::Kind::inherit:
        case Redirect::Kind::discard:
        case Redirect::Kind::handle: break; // whether it is open, the platform knows
        }
    }

private:
    std::string program_;
};

void check_descriptors(const Checker &checker, const std::vector<Descriptor> &descriptors) {
    for (auto one = descriptors.begin(); one != descriptors.end(); ++one) {
        const std::string name = "descriptor " + std::to_string(one->number);
        checker.refuse_if(one->number < 3, Stage::options, name + " is not above 2");
        checker.refuse_if(one->to.kind() == Redirect::Kind::pipe, Stage::options, name + " cannot be a pipe of ours");
        checker.refuse_if(std::any_of(descriptors.begin(), one, [&](const auto &d) { return d.number == one->number; }),
                          Stage::options, name + " is given twice");
        checker.redirect(one->to, name);
    }
}

} // namespace

std::string check(const std::vector<std::string> &argv, const Options &options) {
    const std::string program = options.executable ? *options.executable : argv.empty() ? "" : argv.front();
    const Checker checker(program);

    checker.refuse_if(argv.empty(), Stage::arguments, "argv is empty");
    for (std::size_t i = 0; i < argv.size(); ++i)
        checker.text(argv[i], Stage::arguments, "argument " + std::to_string(i));
    if (options.executable) checker.text(*options.executable, Stage::arguments, "the executable's name");
    checker.refuse_if(program.empty(), Stage::arguments, "the program's name is empty");

    if (const auto fault = base::environment_fault(options.environment))
        checker.refuse_if(true, Stage::environment, *fault);

    checker.redirect(options.in, "stdin");
    checker.redirect(options.out, "stdout");
    checker.redirect(options.err, "stderr");
    check_descriptors(checker, options.descriptors);
    if (options.cwd) checker.text(*options.cwd, Stage::options, "cwd");

    checker.refuse_if(options.new_session && options.process_group.kind() == ProcessGroup::Kind::join, Stage::options,
                      "a new session cannot join a process group of the old one");
    checker.refuse_if(options.process_group.kind() == ProcessGroup::Kind::join && options.process_group.group() <= 0,
                      Stage::options, "the process group to join has no positive number");
    checker.refuse_if(options.process_group.group() > std::numeric_limits<std::int32_t>::max(), Stage::options,
                      "no process group has a number as large as that of the one to join");
    for (const unsigned processor : options.cpu_affinity)
        checker.refuse_if(processor >= most_processors, Stage::cpu_affinity,
                          "no system has a processor " + std::to_string(processor));
    checker.refuse_if(options.umask && *options.umask > 0777U, Stage::options, "umask is above 0777");
    checker.refuse_if(options.linger.idle.count() < 0 || options.linger.total.count() < 0, Stage::options,
                      "linger is negative");
    // To the system calls this number means "leave it as it is"; asked for by name, it must not.
    constexpr std::uint32_t nobody_at_all = ~std::uint32_t{0};
    checker.refuse_if(options.uid == nobody_at_all, Stage::setuid, "no user has this number");
    checker.refuse_if(options.gid == nobody_at_all, Stage::setgid, "no group has this number");
    for (const ResourceLimit &limit : options.limits)
        checker.refuse_if(limit.soft > limit.hard, Stage::options, "a soft resource limit is above its hard one");
    return program;
}

} // namespace backchat::core
